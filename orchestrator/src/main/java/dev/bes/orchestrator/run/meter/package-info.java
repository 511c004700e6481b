/** Counts and times what happens to runs and scorings, for monitoring. */
@NamedInterface("meter")
@NullMarked
package dev.bes.orchestrator.run.meter;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
