package dev.bes.orchestrator.trigger.backfill;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a backfill would do.
 *
 * @param partitions all partitions of its range, in the order in which it would start runs
 * @param starts those of which it would start a run
 * @param scorings how many files these runs would score, as the folders are now
 * @param calls how many calls that takes, roughly; null if no limits of the managed API hold them up, or that is not known yet
 * @param time in how much time there will have been so many calls; null likewise
 * @param problems for each run that would fail at once, why
 */
public record BackfillPlan(
        List<Partition> partitions,
        List<Partition> starts,
        int scorings,
        @Nullable Long calls,
        @Nullable Duration time,
        List<Problem> problems) {

    /** Why the run of a partition would fail at once. */
    public record Problem(String partition, String reason) {}
}
