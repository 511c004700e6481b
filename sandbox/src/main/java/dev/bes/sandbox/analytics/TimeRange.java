package dev.bes.sandbox.analytics;

import java.time.Duration;
import java.time.Instant;

/**
 * A range of time.
 *
 * @param from the first moment
 * @param to the last moment; not before the first
 */
public record TimeRange(Instant from, Instant to) {

    /** @throws IllegalArgumentException when the range ends before it begins */
    public TimeRange {
        if (to.isBefore(from)) {
            throw new IllegalArgumentException("The range ends before it begins");
        }
    }

    /** How long it is. */
    public Duration length() {
        return Duration.between(from, to);
    }

    /** Whether a slot shares a moment with the range. */
    boolean touches(long start, Duration width) {
        return start <= to.toEpochMilli() && start + width.toMillis() > from.toEpochMilli();
    }
}
