package dev.bes.api.backfill;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The parts of the data that a definition was, or is, to score.
 *
 * @param partitions by fire time
 */
public record PartitionsJson(List<PartitionJson> partitions) {

    /**
     * A part of the data.
     *
     * @param key its key, as the definition says, else the fire time
     * @param schedule name of the schedule
     * @param fireTime the time at which it is due
     * @param state {@code done}, {@code running}, {@code late}, {@code failed}, {@code missing} or {@code planned}
     * @param run the run that says so; null without one
     * @param links {@code run}
     */
    public record PartitionJson(
            String key,
            String schedule,
            Instant fireTime,
            String state,
            @Nullable Long run,
            Map<String, String> links) {}
}
