package dev.bes.benchmarks.stub;

import java.time.Duration;

/**
 * How long jobs take.
 *
 * @param least the least that a job takes
 * @param most what none reaches, unless it is the least too
 */
public record JobDuration(Duration least, Duration most) {

    /** The same time for each. */
    public static JobDuration always(Duration time) {
        return new JobDuration(time, time);
    }

    /** The time of a job: the same times in every run, spread evenly. */
    Duration of(long job) {
        // multiples of the golden ratio, without their whole part, never lie close to each other
        double share = job * 0.618_033_988_749_895 % 1;
        return least.plusMillis((long) (most.minus(least).toMillis() * share));
    }
}
