package dev.bes.orchestrator.pipeline.model;

import java.util.SplittableRandom;

/** What goes wrong in one event, drawn from a seed of its own: other events may be left out and it stays as it was. */
public final class SeededRandom {
    private final SplittableRandom random;
    private final int percent;

    public SeededRandom(long seed, int percent) {
        this.random = new SplittableRandom(seed);
        this.percent = percent;
    }

    /** Nothing goes wrong. */
    static SeededRandom quiet() {
        return new SeededRandom(0, 0);
    }

    /** Whether something goes wrong now. */
    boolean trouble() {
        return chance(percent);
    }

    public boolean chance(int percentage) {
        return random.nextInt(100) < percentage;
    }

    /** From 0 to just below the bound. */
    public int below(int bound) {
        return random.nextInt(bound);
    }

    public long seed() {
        return random.nextLong();
    }

    @SafeVarargs
    public final <T> T one(T... of) {
        return of[random.nextInt(of.length)];
    }
}
