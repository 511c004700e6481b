package dev.bes.orchestrator.pipeline;

import java.util.SplittableRandom;

/** What goes wrong in one event, drawn from a seed of its own: other events may be left out and it stays as it was. */
final class Dice {
    private final SplittableRandom random;
    private final int percent;

    Dice(long seed, int percent) {
        this.random = new SplittableRandom(seed);
        this.percent = percent;
    }

    /** Nothing goes wrong. */
    static Dice quiet() {
        return new Dice(0, 0);
    }

    /** Whether something goes wrong now. */
    boolean trouble() {
        return chance(percent);
    }

    boolean chance(int percentage) {
        return random.nextInt(100) < percentage;
    }

    /** From 0 to just below the bound. */
    int below(int bound) {
        return random.nextInt(bound);
    }

    long seed() {
        return random.nextLong();
    }

    @SafeVarargs
    final <T> T one(T... of) {
        return of[random.nextInt(of.length)];
    }
}
