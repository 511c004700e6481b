/** Polls remote jobs and cancels them. */
@NamedInterface("track")
@NullMarked
package dev.bes.orchestrator.pipeline.track;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
