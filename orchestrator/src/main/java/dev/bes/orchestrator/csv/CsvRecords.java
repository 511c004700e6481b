package dev.bes.orchestrator.csv;

import static java.nio.charset.StandardCharsets.UTF_8;

import de.siegmar.fastcsv.reader.CloseableIterator;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.CsvRecordHandler;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads a CSV file row by row, the header first. Each row has as many fields as the first one. */
public final class CsvRecords implements Closeable {
    private static final int MAX_FIELDS = 1 << 20;

    private final CloseableIterator<CsvRecord> rows;

    /** Reads a file, which is closed with this object. */
    public CsvRecords(InputStream file) {
        this.rows = CsvReader.builder()
                .detectBomHeader(true)
                .build(CsvRecordHandler.of(limits -> limits.maxFields(MAX_FIELDS)), file, UTF_8)
                .iterator();
    }

    /**
     * The next row; null after the last one.
     *
     * @throws InvalidCsvException if the file is invalid
     * @throws IOException if it can't be read
     */
    public @Nullable List<String> next() throws InvalidCsvException, IOException {
        try {
            return rows.hasNext() ? rows.next().getFields() : null;
        } catch (UncheckedIOException e) {
            throw e.getCause();
        } catch (CsvParseException e) {
            Throwable cause = e.getCause();
            if (cause instanceof RuntimeException failure && !(cause instanceof CsvParseException)) {
                throw failure;
            }
            throw new InvalidCsvException(
                    "is not readable as CSV: " + (cause == null ? e.getMessage() : cause.getMessage()));
        }
    }

    @Override
    public void close() throws IOException {
        rows.close();
    }
}
