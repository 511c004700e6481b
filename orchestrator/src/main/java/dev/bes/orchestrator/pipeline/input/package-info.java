/** Opens inputs from files and blobs. */
@NamedInterface("input")
@NullMarked
package dev.bes.orchestrator.pipeline.input;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
