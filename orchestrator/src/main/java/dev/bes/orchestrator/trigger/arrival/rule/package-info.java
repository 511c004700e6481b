/** Which files of a drop folder are taken, and why others are not. */
@NamedInterface("rule")
@NullMarked
package dev.bes.orchestrator.trigger.arrival.rule;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
