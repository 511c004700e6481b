package dev.bes.orchestrator.trigger.schedule.time;

import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * A fire time that a schedule has planned.
 *
 * @param time the fire time
 * @param due when its run starts: the fire time and its jitter
 * @param closed why nothing starts at that time; null if a run starts
 * @param movedFrom the day that was no business day, from which the time was moved; null if it was not moved
 */
public record PlannedFire(
        Instant time,
        Instant due,
        @Nullable String closed,
        @Nullable LocalDate movedFrom) {}
