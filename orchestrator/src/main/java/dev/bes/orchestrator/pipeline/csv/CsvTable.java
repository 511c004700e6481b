package dev.bes.orchestrator.pipeline.csv;

import static java.nio.charset.StandardCharsets.UTF_8;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.QuoteStrategies;
import de.siegmar.fastcsv.writer.QuoteStrategy;
import dev.bes.orchestrator.remote.Table;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Small CSV files as tables and back: every cell is the text that stands in the file, whatever it looks like. */
public final class CsvTable {

    /** An only cell that is empty: without quotes its row would be an empty line, which is no row. */
    private static final QuoteStrategy LONE_CELLS = new QuoteStrategy() {
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

    /** The table of a file that {@link CsvCheck} has found good. */
    public static Table read(byte[] csv) {
        try (CsvReader<CsvRecord> reader =
                CsvReader.builder().detectBomHeader(true).ofCsvRecord(new ByteArrayInputStream(csv), UTF_8)) {
            Iterator<CsvRecord> records = reader.iterator();
            List<String> columns = List.copyOf(records.next().getFields());
            List<List<@Nullable String>> rows = new ArrayList<>();
            while (records.hasNext()) {
                rows.add(cells(records.next()));
            }
            return new Table(columns, rows);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A file with the table; a missing value is an empty cell. */
    @SuppressWarnings("NullAway") // the library writes a null as an empty cell
    public static byte[] write(Table table) {
        ByteArrayOutputStream csv = new ByteArrayOutputStream();
        QuoteStrategy quotes = table.columns().size() == 1 ? LONE_CELLS : QuoteStrategies.REQUIRED;
        try (CsvWriter writer = CsvWriter.builder().quoteStrategy(quotes).build(csv, UTF_8)) {
            writer.writeRecord(table.columns());
            table.rows().forEach(writer::writeRecord);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return csv.toByteArray();
    }

    private static List<@Nullable String> cells(CsvRecord row) {
        return List.copyOf(row.getFields());
    }
}
