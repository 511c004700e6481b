/** Pools: limits on what definitions do together. Who uses them is counted from scorings. */
@NamedInterface("pool")
@NullMarked
package dev.bes.orchestrator.run.pool;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
