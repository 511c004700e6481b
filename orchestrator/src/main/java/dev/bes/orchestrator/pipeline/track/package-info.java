/** Asks remote jobs how they stand, and stops them. */
@NamedInterface("track")
@NullMarked
package dev.bes.orchestrator.pipeline.track;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
