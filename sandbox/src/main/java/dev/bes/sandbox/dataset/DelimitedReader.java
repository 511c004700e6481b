package dev.bes.sandbox.dataset;

import static java.nio.charset.StandardCharsets.UTF_8;

import de.siegmar.fastcsv.reader.CloseableIterator;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads CSV or TSV with a header row. An empty value is a missing one. */
final class DelimitedReader implements RowReader {

    private static final int LONGEST_FIELD = 16 << 20;
    private static final int MARK = 4;

    private final CsvReader<CsvRecord> reader;
    private final CloseableIterator<CsvRecord> records;
    private final List<Column> columns;

    private DelimitedReader(CsvReader<CsvRecord> reader) {
        this.reader = reader;
        this.records = reader.iterator();
        CsvRecord header = record();
        if (header == null) {
            throw InvalidDataset.empty();
        }
        this.columns = header.getFields().stream().map(Column::text).toList();
    }

    static DelimitedReader open(InputStream in, char separator) {
        try {
            return new DelimitedReader(reader(in, separator));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public List<Column> columns() {
        return columns;
    }

    @Override
    public @Nullable List<@Nullable String> next() {
        CsvRecord row = record();
        while (row != null && isBlankLine(row)) {
            row = record();
        }
        return row == null ? null : values(row);
    }

    @Override
    public void close() {
        try {
            reader.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private @Nullable CsvRecord record() {
        try {
            return records.hasNext() ? records.next() : null;
        } catch (CsvParseException e) {
            throw new InvalidDataset(String.valueOf(e.getMessage()));
        }
    }

    /** With one column only, an empty line is a row whose value is missing. */
    private boolean isBlankLine(CsvRecord row) {
        return columns.size() > 1 && row.getFieldCount() == 1 && row.getField(0).isEmpty();
    }

    private List<@Nullable String> values(CsvRecord row) {
        if (row.getFieldCount() != columns.size()) {
            throw InvalidDataset.at(
                    row.getStartingLineNumber(),
                    "All rows must have same number of elements: expected " + columns.size() + ", found "
                            + row.getFieldCount());
        }
        List<@Nullable String> values = new ArrayList<>(columns.size());
        row.getFields().forEach(value -> values.add(value.isEmpty() ? null : value));
        return values;
    }

    private static CsvReader<CsvRecord> reader(InputStream in, char separator) throws IOException {
        BufferedInputStream file = new BufferedInputStream(in);
        file.mark(MARK);
        // FastCSV garbles what is shorter than the longest mark while it looks for one
        boolean detect = file.readNBytes(MARK).length == MARK;
        file.reset();
        return CsvReader.builder()
                .fieldSeparator(separator)
                .skipEmptyLines(false)
                .detectBomHeader(detect)
                .maxBufferSize(LONGEST_FIELD)
                .allowExtraFields(true)
                .allowMissingFields(true)
                .ofCsvRecord(new LineEndStream(file, separator), UTF_8);
    }
}
