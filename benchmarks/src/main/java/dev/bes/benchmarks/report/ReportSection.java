package dev.bes.benchmarks.report;

import java.util.List;

/**
 * The result of one part of the benchmark.
 *
 * @param title its heading
 * @param table the figures as text, row by row, the head first; may be empty
 * @param goals the goals, each with the reached value
 * @param notes notes for the reader, above all settings
 * @param failures failures: a wrong count, or a figure that could not be measured
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
