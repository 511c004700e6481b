package dev.bes.orchestrator.trigger.backfill;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A part of the data that a definition is to score at a time of a schedule.
 *
 * @param key its key, as the definition says, else the fire time
 * @param schedule name of the schedule
 * @param fireTime the time
 * @param parameters parameters of its run
 * @param state how it stands
 * @param run the run that says so; null without one
 */
public record Partition(
        String key,
        String schedule,
        Instant fireTime,
        Map<String, String> parameters,
        PartitionState state,
        @Nullable Long run) {}
