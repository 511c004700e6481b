package dev.bes.benchmarks.report;

import java.util.Locale;

/**
 * A figure and its goal.
 *
 * @param figure what is measured
 * @param goal the goal, as text
 * @param reached the measured value, as text
 * @param met whether the goal is met
 */
public record Goal(String figure, String goal, String reached, boolean met) {
    private static final int MOST_LIVE_MB = 128;

    /** What is reached, with a pattern that says how it is written. */
    public static Goal of(String figure, String goal, String pattern, double reached, boolean met) {
        return new Goal(figure, goal, String.format(Locale.ROOT, pattern, reached), met);
    }

    /** Memory that does not grow with the work: half of a heap of 256 MB is never alive. */
    public static Goal liveHeap(String figure, double liveMb) {
        return of(figure, "at most 128 MB live", "%.0f MB live", liveMb, liveMb <= MOST_LIVE_MB);
    }
}
