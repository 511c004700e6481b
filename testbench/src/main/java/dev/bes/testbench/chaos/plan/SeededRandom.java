package dev.bes.testbench.chaos.plan;

import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;

/** The only source of random numbers: the same seed gives the same sequence. */
final class SeededRandom {

    private final SplittableRandom random;

    SeededRandom(long seed) {
        this(new SplittableRandom(seed));
    }

    private SeededRandom(SplittableRandom random) {
        this.random = random;
    }

    /** An independent generator: its use does not change the sequence of this one. */
    SeededRandom split() {
        return new SeededRandom(random.split());
    }

    /** From 0 to the bound, exclusive. */
    int below(int bound) {
        return random.nextInt(bound);
    }

    /** From the least to the most, both inclusive. */
    int between(int least, int most) {
        return random.nextInt(least, most + 1);
    }

    /** From the least to the most, in milliseconds. */
    Duration between(Duration least, Duration most) {
        return Duration.ofMillis(random.nextLong(least.toMillis(), most.toMillis() + 1));
    }

    /** True with this probability in percent. */
    boolean percent(int chance) {
        return random.nextInt(100) < chance;
    }

    /** One of several, each with the same probability. */
    <T> T pick(List<T> several) {
        return several.get(random.nextInt(several.size()));
    }

    /** One of several, with probabilities in proportion to their weights. */
    <T> T weighted(List<Weighted<T>> several) {
        int left = random.nextInt(several.stream().mapToInt(Weighted::weight).sum());
        for (Weighted<T> each : several) {
            left -= each.weight;
            if (left < 0) {
                return each.what;
            }
        }
        throw new IllegalArgumentException("Nothing has a weight");
    }

    /** A choice and its weight. */
    record Weighted<T>(int weight, T what) {}
}
