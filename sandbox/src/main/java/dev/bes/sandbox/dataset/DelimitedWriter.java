package dev.bes.sandbox.dataset;

import static java.nio.charset.StandardCharsets.UTF_8;

import de.siegmar.fastcsv.writer.CsvWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes CSV or TSV with a header row. A missing value is an empty one. */
final class DelimitedWriter implements RowWriter {

    private final CsvWriter writer;

    DelimitedWriter(OutputStream out, char separator) {
        this.writer = CsvWriter.builder().fieldSeparator(separator).build(out, UTF_8);
    }

    @Override
    public void columns(List<Column> columns) {
        writer.writeRecord(columns.stream().map(Column::name).toList());
    }

    @Override
    @SuppressWarnings("NullAway") // the library writes a null as an empty cell
    public void row(List<@Nullable String> values) {
        writer.writeRecord(values);
    }

    @Override
    public void close() {
        try {
            writer.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
