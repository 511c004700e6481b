package dev.bes.api.backfill;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request for a backfill: runs for past fire times of a schedule.
 *
 * @param definition name of the definition; a request without one is refused
 * @param schedule name of the schedule; null if the definition has only one
 * @param from the first day in the zone of the schedule, such as {@code 2026-03-01}, or a time such as
 *     {@code 2026-03-01T06:00:00Z}; a request without one is refused
 * @param to the last day, included, or a time, excluded; null for now
 * @param scope {@code missing} for times without a run (default), {@code failed} for those and for failed ones, {@code all}
 * @param order {@code oldest} for the oldest time first (default), or {@code newest}
 * @param parallel how many of its runs are unfinished at most at the same time, 1 to 100; null for 1
 * @param parameters parameters of all its runs; they replace those of the schedule; null for none
 * @param parametersByDate further parameters of the runs of a day, by day; null for none
 */
public record NewBackfillJson(
        @Nullable String definition,
        @Nullable String schedule,
        @Nullable String from,
        @Nullable String to,
        @Nullable String scope,
        @Nullable String order,
        @Nullable Integer parallel,
        @Nullable Map<String, @Nullable String> parameters,
        @Nullable Map<String, @Nullable Map<String, @Nullable String>> parametersByDate) {}
