/** Shadows: which scorings another endpoint scores, too, and what the comparison of the outputs has found. */
@NamedInterface("shadow")
@NullMarked
package dev.bes.orchestrator.run.shadow;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
