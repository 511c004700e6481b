/** How sets are worked on: loops, leases, wake-ups, the hand-over between sweeps, and poison pills. */
@NamedInterface("sweep")
@NullMarked
package dev.bes.orchestrator.pipeline.sweep;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
