package dev.bes.testbench.chaos;

import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;

/** The only source of chance: the same seed gives the same throws in the same order. */
final class Dice {

    private final SplittableRandom random;

    Dice(long seed) {
        this(new SplittableRandom(seed));
    }

    private Dice(SplittableRandom random) {
        this.random = random;
    }

    /** Dice of their own, so that what is thrown with them does not change what is thrown with these. */
    Dice split() {
        return new Dice(random.split());
    }

    /** From 0 to the bound, without it. */
    int below(int bound) {
        return random.nextInt(bound);
    }

    /** From the least to the most, with both. */
    int between(int least, int most) {
        return random.nextInt(least, most + 1);
    }

    /** From the least to the most, in milliseconds. */
    Duration between(Duration least, Duration most) {
        return Duration.ofMillis(random.nextLong(least.toMillis(), most.toMillis() + 1));
    }

    /** Whether something happens that happens so many times in a hundred. */
    boolean percent(int chance) {
        return random.nextInt(100) < chance;
    }

    /** One of several, each as likely as the others. */
    <T> T pick(List<T> several) {
        return several.get(random.nextInt(several.size()));
    }

    /** One of several, each as likely as its weight. */
    <T> T weighed(List<Weighed<T>> several) {
        int left = random.nextInt(several.stream().mapToInt(Weighed::weight).sum());
        for (Weighed<T> each : several) {
            left -= each.weight;
            if (left < 0) {
                return each.what;
            }
        }
        throw new IllegalArgumentException("Nothing has a weight");
    }

    /** Something and how likely it is, compared with the others. */
    record Weighed<T>(int weight, T what) {}
}
