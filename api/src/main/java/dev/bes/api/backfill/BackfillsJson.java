package dev.bes.api.backfill;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A list of backfills.
 *
 * @param backfills the newest first
 * @param next address of the following ones; null if there are none
 */
public record BackfillsJson(
        List<BackfillJson> backfills, @Nullable String next) {

    /**
     * A backfill.
     *
     * @param from begin of the range of fire times, included
     * @param to end of the range, excluded
     * @param scope which of the times got an item: {@code missing}, {@code failed} or {@code all}
     * @param order {@code oldest} or {@code newest}: which time comes first
     * @param parallel how many of its runs are unfinished at most at the same time
     * @param state {@code running}, {@code paused}, {@code cancelled} or {@code ended}
     * @param actor who asked for it, as {@code kind:name}
     * @param endedAt when its last run had ended, or when it was cancelled; null before
     * @param items how many runs it is to start
     * @param started how many of them it has started
     * @param found how many times the schedule had started meanwhile
     * @param rejected how many of its runs failed at once
     * @param links {@code self}, and what can be done: {@code pause}, {@code resume}, {@code cancel}
     */
    public record BackfillJson(
            long id,
            String definition,
            String schedule,
            Instant from,
            Instant to,
            String scope,
            String order,
            int parallel,
            String state,
            String actor,
            Instant createdAt,
            @Nullable Instant endedAt,
            int items,
            int started,
            int found,
            int rejected,
            Map<String, String> links) {}

    /**
     * A backfill with its times.
     *
     * @param times in the order of their starts
     */
    public record BackfillDetailJson(BackfillJson backfill, List<BackfillTimeJson> times) {}

    /**
     * A fire time of a backfill.
     *
     * @param outcome {@code waiting}, {@code starting}, {@code started}, {@code found}, {@code rejected} or {@code cancelled}
     * @param reason why its run was rejected; null otherwise
     * @param run its run; null without one
     */
    public record BackfillTimeJson(
            Instant fireTime,
            String partition,
            Map<String, String> parameters,
            String outcome,
            @Nullable String reason,
            @Nullable Long run) {}
}
