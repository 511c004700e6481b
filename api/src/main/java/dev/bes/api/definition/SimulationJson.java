package dev.bes.api.definition;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What schedules will do, if a node is always there and nobody pauses or resumes one.
 *
 * @param from the first time, included
 * @param to the last time, not included
 * @param complete whether these are all fire times in between; if not, the limit was reached
 * @param fires in order of time
 */
public record SimulationJson(Instant from, Instant to, boolean complete, List<SimulatedFireJson> fires) {

    /**
     * A fire time that is to come.
     *
     * @param definition name of the definition
     * @param schedule name of the schedule
     * @param time the fire time
     * @param zone time zone of the schedule
     * @param outcome {@code started}, {@code queued}, {@code closed}, {@code paused} or {@code overlapped}
     * @param reason why, in words; null for a run that starts in time
     * @param startsAt when its run starts: late by jitter, or by the runs for which it waits; null if none starts
     */
    public record SimulatedFireJson(
            String definition,
            String schedule,
            Instant time,
            String zone,
            String outcome,
            @Nullable String reason,
            @Nullable Instant startsAt) {}
}
