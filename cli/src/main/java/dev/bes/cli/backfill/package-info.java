/** The commands on backfills and partitions. */
@NullMarked
package dev.bes.cli.backfill;

import org.jspecify.annotations.NullMarked;
