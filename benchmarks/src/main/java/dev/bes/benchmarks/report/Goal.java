package dev.bes.benchmarks.report;

import java.util.Locale;

/**
 * A figure that is to be reached.
 *
 * @param figure what is measured
 * @param goal what it is to be, in words
 * @param reached what it is
 * @param met whether that is enough
 */
public record Goal(String figure, String goal, String reached, boolean met) {

    /** What is reached, with a pattern that says how it is written. */
    public static Goal of(String figure, String goal, String pattern, double reached, boolean met) {
        return new Goal(figure, goal, String.format(Locale.ROOT, pattern, reached), met);
    }
}
