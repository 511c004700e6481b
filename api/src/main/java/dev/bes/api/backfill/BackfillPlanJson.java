package dev.bes.api.backfill;

import dev.bes.api.backfill.PartitionsJson.PartitionJson;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a backfill would do.
 *
 * @param runs how many runs it would start
 * @param scorings how many files these would score, as the folders are now
 * @param calls how many calls of the managed API that takes, roughly; null if no limit holds them up, or that is not known
 * @param seconds in how many seconds there will have been so many calls; null likewise
 * @param starts the partitions of which it would start a run, in the order of the starts
 * @param problems why some of its runs would fail at once
 */
public record BackfillPlanJson(
        int runs,
        int scorings,
        @Nullable Long calls,
        @Nullable Long seconds,
        List<PartitionJson> starts,
        List<ProblemJson> problems) {

    /** Why the run of a partition would fail at once. */
    public record ProblemJson(String partition, String reason) {}
}
