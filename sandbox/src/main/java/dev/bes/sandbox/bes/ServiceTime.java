package dev.bes.sandbox.bes;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/** How long a job runs before it scores: evenly spread between two durations. */
public record ServiceTime(Duration least, Duration most) {

    /** No time at all. */
    public static final ServiceTime NONE = new ServiceTime(Duration.ZERO, Duration.ZERO);

    /** @throws IllegalArgumentException when they are negative or the wrong way round */
    public ServiceTime {
        if (least.isNegative() || most.compareTo(least) < 0) {
            throw new IllegalArgumentException("The service time must be 0 <= least <= most");
        }
    }

    Duration draw() {
        long spread = most.minus(least).toNanos();
        return least.plusNanos(spread == 0 ? 0 : ThreadLocalRandom.current().nextLong(spread + 1));
    }
}
