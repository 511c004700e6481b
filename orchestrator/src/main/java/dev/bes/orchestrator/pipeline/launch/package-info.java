/** Stages inputs and selects the submit protocol. */
@NamedInterface("launch")
@NullMarked
package dev.bes.orchestrator.pipeline.launch;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
