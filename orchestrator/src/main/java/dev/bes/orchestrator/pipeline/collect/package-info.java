/** Fetches, checks and delivers outputs. */
@NamedInterface("collect")
@NullMarked
package dev.bes.orchestrator.pipeline.collect;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
