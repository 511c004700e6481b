package dev.bes.testbench.demo.environment;

import de.siegmar.fastcsv.reader.CloseableIterator;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * A CSV file that was read to its end.
 *
 * @param file its path
 * @param sha256 hash of its bytes, in hex
 * @param columns names in the header
 * @param rows number of rows without the header
 * @param first the first few rows
 */
public record CsvFile(Path file, String sha256, List<String> columns, long rows, List<List<String>> first) {

    private static final int FEW = 3;

    /**
     * Reads a file.
     *
     * @throws UncheckedIOException when it cannot be read
     */
    public static CsvFile read(Path file) {
        try (InputStream bytes = Files.newInputStream(file);
                CsvReader<CsvRecord> reader =
                        CsvReader.builder().skipEmptyLines(true).ofCsvRecord(file);
                CloseableIterator<CsvRecord> records = reader.iterator()) {
            List<String> columns = records.hasNext() ? records.next().getFields() : List.of();
            List<List<String>> first = new ArrayList<>();
            long rows = 0;
            for (; records.hasNext(); rows++) {
                CsvRecord row = records.next();
                if (rows < FEW) {
                    first.add(row.getFields());
                }
            }
            return new CsvFile(file, DigestUtils.sha256Hex(bytes), columns, rows, first);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The name of the file. */
    public String name() {
        return String.valueOf(file.getFileName());
    }
}
