/** What a run has ahead of it when the limits of the managed API hold it up. */
@NamedInterface("forecast")
@NullMarked
package dev.bes.orchestrator.run.forecast;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
