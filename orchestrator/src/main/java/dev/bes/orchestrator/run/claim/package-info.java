/** Claims: takes due scorings for this node by lease, and wakes who waits for them. */
@NamedInterface("claim")
@NullMarked
package dev.bes.orchestrator.run.claim;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
