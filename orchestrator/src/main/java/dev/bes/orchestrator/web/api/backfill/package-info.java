/** The REST API of backfills and partitions. */
@NamedInterface("backfill")
@NullMarked
package dev.bes.orchestrator.web.api.backfill;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
