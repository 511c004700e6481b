/** Compares the outputs of shadows with those that were delivered. */
@NamedInterface("compare")
@NullMarked
package dev.bes.orchestrator.pipeline.compare;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
