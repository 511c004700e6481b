package dev.bes.cli.output;

import dev.bes.cli.output.Table.Column;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Lays rows out in columns for people. If a terminal is too narrow, the last column, which is often a sentence, gets lines of its own, and what
 * is still too wide is cut.
 */
final class TextTable {
    private static final String GAP = "  ";

    private final Terminal terminal;
    private final DateTimeFormatter times;

    TextTable(Terminal terminal, ZoneId zone) {
        this.terminal = terminal;
        this.times =
                DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT).withZone(zone);
    }

    /** The head and the rows. */
    <T> List<String> lines(Table<T> table, List<T> rows) {
        return lines(table, rows, new int[table.columns().size()]);
    }

    /**
     * The head and the rows.
     *
     * @param widths the least widths of the columns; those of these rows afterwards
     */
    <T> List<String> lines(Table<T> table, List<T> rows, int[] widths) {
        List<String> head = table.columns().stream().map(Column::head).toList();
        List<List<String>> cells = rows.stream().map(row -> cells(table, row)).toList();
        Arrays.setAll(
                widths,
                i -> Math.max(
                        Math.max(widths[i], length(head.get(i))),
                        cells.stream().mapToInt(row -> length(row.get(i))).max().orElse(0)));
        int last = head.size() - 1;
        boolean narrow = last > 0
                && terminal.outIsTerminal()
                && Arrays.stream(widths).sum() + last * GAP.length() > terminal.width();
        int shown = narrow ? last : head.size();
        List<String> lines = new ArrayList<>();
        lines.add(line(
                head.subList(0, shown),
                widths,
                head.stream().map(name -> Colour.BOLD).toList()));
        for (int r = 0; r < cells.size(); r++) {
            T row = rows.get(r);
            lines.add(line(
                    cells.get(r).subList(0, shown),
                    widths,
                    table.columns().stream()
                            .map(column -> column.colour().apply(row))
                            .toList()));
            if (narrow && !cells.get(r).get(last).isEmpty()) {
                lines.add(GAP + head.get(last).toLowerCase(Locale.ROOT) + ": "
                        + cells.get(r).get(last));
            }
        }
        return lines;
    }

    private <T> List<String> cells(Table<T> table, T row) {
        return table.columns().stream()
                .map(column -> shown(column.value().apply(row)))
                .toList();
    }

    /** A value for people: times in the local zone, nothing for null, hidden characters as code points. */
    String shown(@Nullable Object value) {
        return switch (value) {
            case null -> "";
            case Instant time -> times.format(time);
            default -> VisibleText.of(value.toString());
        };
    }

    private String line(List<String> cells, int[] widths, List<Colour> colours) {
        StringBuilder line = new StringBuilder();
        int left = terminal.outIsTerminal() ? terminal.width() : Integer.MAX_VALUE;
        for (int i = 0; i < cells.size() && left > 0; i++) {
            String padded = i == cells.size() - 1 ? cells.get(i) : padded(cells.get(i), widths[i]) + GAP;
            String cut = cut(padded, left);
            left -= length(cut);
            String text = cut.stripTrailing();
            boolean coloured = terminal.colours(false) && !text.isEmpty();
            line.append(coloured ? colours.get(i).of(text) : text).append(cut.substring(text.length()));
        }
        return line.toString().stripTrailing();
    }

    private String cut(String text, int most) {
        if (length(text) <= most) {
            return text;
        }
        return text.substring(0, text.offsetByCodePoints(0, most - 1)) + terminal.symbol("…", "~");
    }

    private static String padded(String cell, int width) {
        return cell + " ".repeat(width - length(cell));
    }

    private static int length(String text) {
        return text.codePointCount(0, text.length());
    }
}
