package dev.bes.orchestrator.csv;

import java.util.List;
import java.util.Map;

/**
 * The rules for a CSV file.
 *
 * @param columns columns that the header must have; empty allows any header
 * @param parameters global parameters of the web service, whose values may name columns
 * @param strict whether to refuse everything that the web service may read differently
 * @param maxFields maximum number of fields in a row
 * @param maxHeader maximum header size in bytes
 * @param maxField maximum field size in bytes, with its quotes
 * @param maxRow maximum row size in bytes
 */
public record CsvRules(
        List<String> columns,
        Map<String, String> parameters,
        boolean strict,
        int maxFields,
        int maxHeader,
        long maxField,
        long maxRow) {

    private static final int MIB = 1 << 20;

    /** For an input: refuses what may be scored differently than intended, because scoring is paid. */
    public static CsvRules input(List<String> columns, Map<String, String> parameters) {
        return new CsvRules(columns, parameters, true, 1 << 14, MIB, 15L * MIB, 64L * MIB);
    }

    /**
     * For an output, which is already paid: allows every row and column of the largest input with more quotes, and the columns
     * that the web service adds.
     */
    public static CsvRules output(List<String> columns) {
        return new CsvRules(columns, Map.of(), false, MIB, 16 * MIB, 256L * MIB, 256L * MIB);
    }
}
