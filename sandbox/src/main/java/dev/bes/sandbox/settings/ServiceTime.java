package dev.bes.sandbox.settings;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/** The time that a job runs before it scores, uniformly distributed between two durations. */
public record ServiceTime(Duration min, Duration max) {

    /** Jobs score at once. */
    public static final ServiceTime NONE = new ServiceTime(Duration.ZERO, Duration.ZERO);

    /** @throws IllegalArgumentException when one is negative, or the minimum is larger than the maximum */
    public ServiceTime {
        if (min.isNegative() || max.compareTo(min) < 0) {
            throw new IllegalArgumentException("The service time must be 0 <= min <= max");
        }
    }

    /** A time by chance. */
    public Duration draw() {
        long spread = max.minus(min).toNanos();
        return min.plusNanos(spread == 0 ? 0 : ThreadLocalRandom.current().nextLong(spread + 1));
    }
}
