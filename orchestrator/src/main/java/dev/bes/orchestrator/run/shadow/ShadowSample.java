package dev.bes.orchestrator.run.shadow;

/** Draws which scorings have a shadow: the same scoring always draws the same. */
public final class ShadowSample {
    private static final long PARTS = 1_000_000;

    private ShadowSample() {}

    /**
     * Whether a scoring is among the share.
     *
     * @param share how many of a hundred are
     */
    public static boolean has(long scoring, double share) {
        return Long.remainderUnsigned(mixed(scoring), PARTS) < share * PARTS / 100;
    }

    /** Numbers are given out to several definitions in turns, so a number itself would not be a fair lot. Source: SplitMix64. */
    private static long mixed(long number) {
        long z = number + 0x9e3779b97f4a7c15L;
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }
}
