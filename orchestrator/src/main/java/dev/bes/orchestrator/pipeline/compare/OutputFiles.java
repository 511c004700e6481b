package dev.bes.orchestrator.pipeline.compare;

import dev.bes.orchestrator.csv.CsvRecords;
import dev.bes.orchestrator.csv.InvalidCsvException;
import dev.bes.orchestrator.definition.Definition.Shadow;
import dev.bes.orchestrator.definition.Output;
import dev.bes.orchestrator.definition.Output.Header;
import dev.bes.orchestrator.run.shadow.Comparison.OutputDifference;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The files of one output, the one that was delivered and the shadow's, row by row. */
final class OutputFiles {
    private OutputFiles() {}

    /**
     * Compares them, and reads each once.
     *
     * @param shadow says the tolerances, and whether the shadow's has a header
     * @throws NotComparableException if they have no column in common, or one of them is not valid as it is
     * @throws InvalidCsvException if the shadow's is not valid
     * @throws IOException if one of them can't be read
     */
    static OutputDifference compare(
            String name, Output output, Shadow shadow, CsvRecords delivered, CsvRecords shadowed)
            throws NotComparableException, InvalidCsvException, IOException {
        List<String> columns = output.header() == Header.ABSENT
                ? output.columns()
                : required(next(delivered), "The delivered output '%s' is empty", name);
        Header header = shadow.header() == null ? output.header() : shadow.header();
        List<String> row = shadowed.next();
        List<String> others =
                header == Header.ABSENT ? columns : required(row, "The shadow's output '%s' is empty", name);
        requireDistinct(columns, "The delivered output");
        requireDistinct(others, "The shadow's output");
        List<String> other = header == Header.ABSENT ? row : shadowed.next();
        if (header == Header.ABSENT && row != null && row.size() != columns.size()) {
            throw new NotComparableException(
                    "The shadow's output '%s' has no header and %,d columns, the delivered one has %,d"
                            .formatted(name, row.size(), columns.size()));
        }
        OutputComparison comparison = new OutputComparison(columns, others, shadow);
        if (!comparison.hasColumns()) {
            throw new NotComparableException(
                    "The outputs '%s' have no column in common. If the shadow's come without a header, write 'header: absent' under 'shadow'"
                            .formatted(name));
        }
        compareRows(comparison, next(delivered), delivered, other, shadowed);
        return comparison.result(name);
    }

    private static void compareRows(
            OutputComparison comparison,
            @Nullable List<String> firstDelivered,
            CsvRecords delivered,
            @Nullable List<String> firstShadowed,
            CsvRecords shadowed)
            throws NotComparableException, InvalidCsvException, IOException {
        List<String> mine = firstDelivered;
        List<String> other = firstShadowed;
        while (mine != null || other != null) {
            if (mine == null) {
                comparison.addAdded();
            } else if (other == null) {
                comparison.addMissing();
            } else {
                comparison.add(mine, other);
            }
            mine = mine == null ? null : next(delivered);
            other = other == null ? null : shadowed.next();
        }
    }

    private static @Nullable List<String> next(CsvRecords delivered) throws NotComparableException, IOException {
        try {
            return delivered.next();
        } catch (InvalidCsvException e) {
            throw new NotComparableException("The output that was delivered " + e.getMessage());
        }
    }

    private static List<String> required(@Nullable List<String> header, String cause, String name)
            throws NotComparableException {
        if (header == null) {
            throw new NotComparableException(cause.formatted(name));
        }
        return header;
    }

    private static void requireDistinct(List<String> columns, String which) throws NotComparableException {
        Set<String> seen = new HashSet<>();
        for (String column : columns) {
            if (!seen.add(column)) {
                throw new NotComparableException("%s has column '%s' twice".formatted(which, column));
            }
        }
    }
}
