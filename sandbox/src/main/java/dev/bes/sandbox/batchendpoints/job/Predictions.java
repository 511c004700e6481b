package dev.bes.sandbox.batchendpoints.job;

import static java.nio.charset.StandardCharsets.UTF_8;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The file to which the rows of all inputs of a job are appended. */
final class Predictions implements AutoCloseable {

    private final CsvWriter writer;
    private long rows;

    /** @param out where the file goes; it is closed with the file */
    Predictions(PredictionStyle style, OutputStream out) {
        this.writer = CsvWriter.builder()
                .fieldSeparator(style.separator())
                .lineDelimiter(LineDelimiter.LF)
                .build(out, UTF_8);
    }

    /** The number of rows so far. */
    long rows() {
        return rows;
    }

    /** Appends a row. */
    @SuppressWarnings("NullAway") // the library writes a null as an empty cell
    void append(List<@Nullable String> row) {
        writer.writeRecord(row);
        rows++;
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
