/** Speaks to the Batch Execution Service and the Request/Response Service through the managed API. */
@NullMarked
package dev.bes.orchestrator.remote.bes;

import org.jspecify.annotations.NullMarked;
