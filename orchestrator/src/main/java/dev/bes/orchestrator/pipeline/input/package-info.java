/** Opens inputs, wherever they come from. */
@NamedInterface("input")
@NullMarked
package dev.bes.orchestrator.pipeline.input;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
