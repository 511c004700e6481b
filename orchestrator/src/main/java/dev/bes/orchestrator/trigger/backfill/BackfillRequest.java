package dev.bes.orchestrator.trigger.backfill;

import dev.bes.orchestrator.definition.Definition;
import dev.bes.orchestrator.definition.Triggers.Schedule;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Map;

/**
 * What a backfill is asked to do.
 *
 * @param from begin of the range of fire times, included
 * @param to end of the range, excluded
 * @param scope which of the times get a run
 * @param newestFirst whether the newest time comes first
 * @param parallel how many of its runs are unfinished at most at the same time
 * @param parameters parameters of all its runs; they replace those of the schedule
 * @param byDate further parameters of the runs of a day in the zone of the schedule
 */
public record BackfillRequest(
        Definition definition,
        Schedule schedule,
        Instant from,
        Instant to,
        Scope scope,
        boolean newestFirst,
        int parallel,
        Map<String, String> parameters,
        Map<LocalDate, Map<String, String>> byDate) {

    /** Which times get a run. */
    public enum Scope {
        /** Those whose partition has no run. */
        MISSING,
        /** Those without a run, and those without a finished one whose last run failed or was cancelled. */
        FAILED,
        /** All of them, also those that are done: their files are scored, and paid, once more. */
        ALL;

        /** The word in tables, API and command line. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        boolean takes(PartitionState state) {
            return switch (state) {
                case MISSING -> true;
                case FAILED -> this != MISSING;
                case DONE -> this == ALL;
                case RUNNING, LATE, PLANNED -> false;
            };
        }
    }
}
