/** The submit protocols, one for each class of remote services, and one-call scoring. */
@NamedInterface("submit")
@NullMarked
package dev.bes.orchestrator.pipeline.submit;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
