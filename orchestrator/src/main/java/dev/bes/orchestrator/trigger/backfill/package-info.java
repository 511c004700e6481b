/** Backfills: runs for past times of a schedule. Partitions: which parts of the data have been scored. */
@NamedInterface("backfill")
@NullMarked
package dev.bes.orchestrator.trigger.backfill;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
