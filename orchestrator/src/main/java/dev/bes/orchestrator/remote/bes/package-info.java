/** Calls the Batch Execution Service and the Request/Response Service through the managed API. */
@NamedInterface("bes")
@NullMarked
package dev.bes.orchestrator.remote.bes;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
