/** The JSON of backfills and partitions. */
@NullMarked
package dev.bes.api.backfill;

import org.jspecify.annotations.NullMarked;
