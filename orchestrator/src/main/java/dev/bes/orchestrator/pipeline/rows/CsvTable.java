package dev.bes.orchestrator.pipeline.rows;

import static java.nio.charset.StandardCharsets.UTF_8;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.QuoteStrategies;
import de.siegmar.fastcsv.writer.QuoteStrategy;
import dev.bes.orchestrator.csv.CsvCheck;
import dev.bes.orchestrator.remote.Table;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Converts small CSV files, and batches of rows, to tables and back. Cells are text and keep the exact text of the file. */
public final class CsvTable {

    /** Quotes the empty cell of a table of one column: without quotes its row would be an empty line, which is no row. */
    private static final QuoteStrategy SINGLE_COLUMN = new QuoteStrategy() {
        @Override
        public boolean quoteNull(int line, int cell) {
            return true;
        }

        @Override
        public boolean quoteEmpty(int line, int cell) {
            return true;
        }
    };

    private CsvTable() {}

    /** Reads a file that {@link CsvCheck} has accepted, by the same rules. */
    public static Table read(byte[] csv) {
        String text = new String(csv, UTF_8);
        List<List<@Nullable String>> rows = new ArrayList<>();
        List<@Nullable String> row = new ArrayList<>();
        int at = text.startsWith("\uFEFF") ? 1 : 0;
        int rowStart = at;
        while (at < text.length()) {
            int end = endOfCell(text, at);
            boolean more = text.startsWith(",", end);
            // a line without a character is no row
            if (more || end > rowStart) {
                row.add(cell(text.substring(at, end)));
            }
            at = end + 1;
            if (!more) {
                at += text.startsWith("\r\n", end) ? 1 : 0;
                rowStart = at;
                rows.add(row);
                row = new ArrayList<>(row.size());
            } else if (at == text.length()) {
                row.add("");
            }
        }
        rows.add(row);
        rows.removeIf(List::isEmpty);
        List<String> columns = rows.removeFirst().stream().map(String::valueOf).toList();
        return new Table(columns, rows);
    }

    private static int endOfCell(String text, int start) {
        boolean quoted = false;
        for (int at = start; at < text.length(); at++) {
            char next = text.charAt(at);
            if (next == '"' && text.charAt(start) == '"') {
                quoted = !quoted;
            } else if (!quoted && (next == ',' || next == '\n' || next == '\r')) {
                return at;
            }
        }
        return text.length();
    }

    private static String cell(String raw) {
        return raw.startsWith("\"") ? raw.substring(1, raw.length() - 1).replace("\"\"", "\"") : raw;
    }

    /** Writes a table with its header; a null value becomes an empty cell. */
    public static byte[] write(Table table) {
        return write(table, true);
    }

    /** Writes the rows of a table without its header. */
    static byte[] writeRows(Table table) {
        return write(table, false);
    }

    @SuppressWarnings("NullAway") // the library writes a null as an empty cell
    private static byte[] write(Table table, boolean header) {
        ByteArrayOutputStream csv = new ByteArrayOutputStream();
        QuoteStrategy quotes = table.columns().size() == 1 ? SINGLE_COLUMN : QuoteStrategies.REQUIRED;
        try (CsvWriter writer = CsvWriter.builder().quoteStrategy(quotes).build(csv, UTF_8)) {
            if (header) {
                writer.writeRecord(table.columns());
            }
            table.rows().forEach(writer::writeRecord);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return csv.toByteArray();
    }
}
