package dev.bes.orchestrator.csv;

import java.util.List;
import java.util.Map;

/**
 * What a CSV file must be like.
 *
 * @param columns those that the header must have; empty means any header will do
 * @param parameters global parameters of the web service, whose values may name columns
 * @param strict whether everything is refused that the web service could read in another way than this check
 * @param mostFields in a row
 * @param longestHeader in bytes
 * @param longestField in bytes, with its quotes
 * @param longestRow in bytes
 */
public record CsvRules(
        List<String> columns,
        Map<String, String> parameters,
        boolean strict,
        int mostFields,
        int longestHeader,
        long longestField,
        long longestRow) {

    private static final int MIB = 1 << 20;

    /** Of a file that is going to be paid for: what is not certain to be scored as it is meant is refused. */
    public static CsvRules input(List<String> columns, Map<String, String> parameters) {
        return new CsvRules(columns, parameters, true, 1 << 14, MIB, 15L * MIB, 64L * MIB);
    }

    /**
     * Of a file that has been paid for: it may have every row and column of the largest input, each cell with more quotes than
     * before, and the columns that the web service adds.
     */
    public static CsvRules output(List<String> columns) {
        return new CsvRules(columns, Map.of(), false, MIB, 16 * MIB, 256L * MIB, 256L * MIB);
    }
}
