package dev.bes.api.definition;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A page of what became of the fire times of schedules.
 *
 * @param fires the latest first, unless the caller wants them in another order
 * @param next where to find the following ones, if there are any
 */
public record FiresJson(List<FireJson> fires, @Nullable String next) {

    /**
     * A fire time, and what became of it.
     *
     * @param definition name of the definition
     * @param schedule name of the schedule
     * @param time the fire time
     * @param outcome {@code starting}, {@code started}, {@code queued}, {@code rejected}, {@code closed}, {@code paused},
     *     {@code missed} or {@code overlapped}
     * @param reason why, in words; null for a run that started in time
     * @param decidedAt when it was last decided
     * @param delayMillis how long after the fire time the run was accepted or refused, jitter included; null if it was neither
     * @param run the run, which may have been purged; null without one
     * @param links {@code run}, if there is one
     */
    public record FireJson(
            String definition,
            String schedule,
            Instant time,
            String outcome,
            @Nullable String reason,
            Instant decidedAt,
            @Nullable Long delayMillis,
            @Nullable Long run,
            Map<String, String> links) {}
}
