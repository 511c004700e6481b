package dev.bes.orchestrator.run.pool;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A limit on the scorings of all definitions that name it.
 *
 * @param name its name
 * @param limits what it allows
 * @param version grows with each change
 * @param changedBy who changed it last, as {@code kind:name}
 * @param changedAt when, by the clock of the database
 */
public record Pool(String name, Limits limits, long version, String changedBy, Instant changedAt) {

    /**
     * What a pool allows.
     *
     * @param description one line for people
     * @param slots how many scorings may have a remote job, or be launched, at the same time; 0 lets none start
     * @param rate how many may be launched within a time; null for any number
     */
    public record Limits(
            String description, int slots, @Nullable Rate rate) {}

    /**
     * A limit on launches.
     *
     * @param launches how many, at least one
     * @param period within any time of this length, in whole seconds
     */
    public record Rate(int launches, Duration period) {
        @Override
        public String toString() {
            return "%d in %d s".formatted(launches, period.toSeconds());
        }
    }

    /**
     * How a pool is used now.
     *
     * @param used how many scorings hold a slot; more than there are if somebody has lowered the limit
     * @param waiting how many scorings wait to be launched, up to {@link PoolReader#MOST_COUNTED}
     * @param launched how many were launched within the period of the rate
     */
    public record Use(int used, int waiting, int launched) {}
}
