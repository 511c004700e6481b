package dev.bes.cli.output;

import dev.bes.cli.output.Table.Column;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Rows as CSV (RFC 4180), with a header. Text that a spreadsheet would take for a formula gets a quote before it
 * (OWASP, CSV injection).
 */
final class CsvText {
    private static final String FORMULA = "=+-@";

    private CsvText() {}

    /** The header and the rows. */
    static <T> List<String> lines(Table<T> table, List<T> rows) {
        List<String> lines = new ArrayList<>();
        lines.add(line(table.columns().stream().map(Column::name)));
        for (T row : rows) {
            lines.add(line(table.columns().stream().map(Column::value).map(value -> text(value, row))));
        }
        return lines;
    }

    private static <T> String text(Function<T, @Nullable Object> value, T row) {
        return switch (value.apply(row)) {
            case null -> "";
            case Number number -> number.toString();
            case Object other -> harmless(VisibleText.of(other.toString()));
        };
    }

    private static String harmless(String text) {
        return !text.isEmpty() && FORMULA.indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
    }

    private static String line(Stream<String> cells) {
        return cells.map(CsvText::quoted).collect(Collectors.joining(","));
    }

    private static String quoted(String cell) {
        return cell.matches("[^\",]*") && cell.equals(cell.strip()) ? cell : '"' + cell.replace("\"", "\"\"") + '"';
    }
}
