package dev.bes.api.installation;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Pools: limits on what definitions do together.
 *
 * @param pools the pools
 * @param next where to find further ones, if there are any
 */
public record PoolsJson(List<PoolJson> pools, @Nullable String next) {

    /**
     * A pool.
     *
     * @param name its name
     * @param description one line for people
     * @param slots how many scorings may have a remote job, or be launched, at the same time; null if the pool does not exist,
     *     although definitions name it: their scorings wait
     * @param used how many scorings hold a slot now
     * @param waiting how many scorings wait to be launched, at most 10,000
     * @param rate the limit on launches; null without one
     * @param definitions the definitions that name it, as far as the caller sees them
     * @param changedBy who changed it last, as {@code kind:name}
     * @param changedAt when
     * @param links {@code self}, and {@code remove} if the caller may
     */
    public record PoolJson(
            String name,
            String description,
            @Nullable Integer slots,
            int used,
            int waiting,
            @Nullable RateJson rate,
            List<String> definitions,
            @Nullable String changedBy,
            @Nullable Instant changedAt,
            Map<String, String> links) {}

    /**
     * A limit on launches.
     *
     * @param launches how many within the period
     * @param periodSeconds length of the period in seconds
     * @param launched how many were launched within the last period
     */
    public record RateJson(int launches, long periodSeconds, int launched) {}

    /**
     * The limits of a pool, as an administrator sets them. What is left out is not limited.
     *
     * @param description one line for people, at most 500 characters
     * @param slots how many scorings may have a remote job, or be launched, at the same time, from 0 to 100,000; required
     * @param rate the limit on launches
     */
    public record NewPoolJson(
            @Nullable String description,
            @Nullable Integer slots,
            @Nullable NewRateJson rate) {}

    /**
     * A limit on launches.
     *
     * @param launches how many within the period, from 1 to 100,000; required
     * @param periodSeconds length of the period in seconds, from 1 to 86,400; required
     */
    public record NewRateJson(
            @Nullable Integer launches, @Nullable Integer periodSeconds) {}
}
