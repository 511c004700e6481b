package dev.bes.sandbox.settings;

import java.time.Duration;
import java.util.stream.Stream;

/**
 * How long a job of a batch endpoint stays in each state. No source gives figures: a job waits for a node of the compute cluster
 * first, and takes minutes whatever its size.
 *
 * @param preparing time until it is queued
 * @param queued time until it has a node
 * @param running time before it scores
 * @param finalizing time from the score until its output is there
 * @param cancelling time from a cancel until it is canceled
 */
public record StateTimes(
        Duration preparing, Duration queued, Duration running, Duration finalizing, Duration cancelling) {

    /** Jobs take no time. */
    public static final StateTimes NONE =
            new StateTimes(Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO);

    /** The order of size that people report of the real service. */
    public static final StateTimes USUAL = new StateTimes(
            Duration.ofSeconds(20),
            Duration.ofSeconds(150),
            Duration.ofSeconds(90),
            Duration.ofSeconds(40),
            Duration.ofSeconds(60));

    /** @throws IllegalArgumentException when one is negative */
    public StateTimes {
        if (Stream.of(preparing, queued, running, finalizing, cancelling).anyMatch(Duration::isNegative)) {
            throw new IllegalArgumentException("The times of states must be >= 0");
        }
    }

    /**
     * All times multiplied.
     *
     * @throws IllegalArgumentException when the factor is negative
     */
    public StateTimes scaled(double factor) {
        return new StateTimes(
                times(preparing, factor),
                times(queued, factor),
                times(running, factor),
                times(finalizing, factor),
                times(cancelling, factor));
    }

    private static Duration times(Duration time, double factor) {
        return Duration.ofMillis(Math.round(time.toMillis() * factor));
    }
}
