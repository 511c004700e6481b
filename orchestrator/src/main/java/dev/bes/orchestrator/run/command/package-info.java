/** What people and programs may ask of a run. */
@NamedInterface("command")
@NullMarked
package dev.bes.orchestrator.run.command;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
