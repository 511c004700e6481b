/** Calls model servers that speak the Open Inference Protocol v2 over HTTP. */
@NamedInterface("inference")
@NullMarked
package dev.bes.orchestrator.remote.inference;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
