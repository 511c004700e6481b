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

    /** What is reached, with a pattern that says how it is written. */
    public static Goal of(String figure, String goal, String pattern, double reached, boolean met) {
        return new Goal(figure, goal, String.format(Locale.ROOT, pattern, reached), met);
    }
}
