/** Claims and processes sets: loops, lease renewal, wake-ups, the handover between sweeps, and poison pill detection. */
@NamedInterface("sweep")
@NullMarked
package dev.bes.orchestrator.pipeline.sweep;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
