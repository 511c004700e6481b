/** Pages about what starts runs: arriving files, partitions and backfills. */
@NamedInterface("page-trigger")
@NullMarked
package dev.bes.orchestrator.web.page.trigger;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
