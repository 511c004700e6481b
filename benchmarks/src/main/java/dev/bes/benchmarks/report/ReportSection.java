package dev.bes.benchmarks.report;

import java.util.List;

/**
 * What a part of the benchmark has found out.
 *
 * @param title what it is about
 * @param table the figures in words, row by row, the first one the head; may be empty
 * @param goals the goals, each with what was reached
 * @param notes what a reader must know: settings, above all
 * @param failures what went wrong: a count that was off, or a figure that could not be measured
 * @param figures the figures as numbers, for the JSON file
 */
public record ReportSection(
        String title,
        List<List<String>> table,
        List<Goal> goals,
        List<String> notes,
        List<String> failures,
        Object figures) {

    /** A part that could not be measured. */
    public static ReportSection failed(String title, Exception cause) {
        return new ReportSection(
                title, List.of(), List.of(), List.of(), List.of(String.valueOf(cause.getMessage())), "");
    }
}
