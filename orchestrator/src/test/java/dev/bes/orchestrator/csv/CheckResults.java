package dev.bes.orchestrator.csv;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** What the check says of a file, in one line. */
final class CheckResults {

    private CheckResults() {}

    static String ofInput(String text, String... columns) {
        return of(CsvRules.input(List.of(columns), Map.of()), text.getBytes(StandardCharsets.UTF_8));
    }

    static String ofInput(String text, Map<String, String> parameters) {
        return of(CsvRules.input(List.of(), parameters), text.getBytes(StandardCharsets.UTF_8));
    }

    static String ofInput(byte[] content) {
        return of(CsvRules.input(List.of(), Map.of()), content);
    }

    static String ofOutput(String text, String... columns) {
        return of(CsvRules.output(List.of(columns)), text.getBytes(StandardCharsets.UTF_8));
    }

    private static String of(CsvRules rules, byte[] content) {
        CsvRows rows = new CsvRows(rules);
        try {
            rows.take(content);
            rows.end();
            return rows.count() + " rows";
        } catch (InvalidCsvException e) {
            return String.valueOf(e.getMessage());
        }
    }
}
