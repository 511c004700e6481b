/** Scores rows in batches of ours: cuts an input, sends its batches, keeps each answer, and composes the outputs. */
@NamedInterface("rows")
@NullMarked
package dev.bes.orchestrator.pipeline.rows;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
