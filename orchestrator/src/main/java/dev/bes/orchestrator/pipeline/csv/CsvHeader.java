package dev.bes.orchestrator.pipeline.csv;

import de.siegmar.fastcsv.reader.CsvReader;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The first row of a CSV file that comes in blocks. */
final class CsvHeader {
    private static final int LONGEST = 1 << 20;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private List<String> names = List.of();

    /** The names of the columns; none before the row has ended. */
    List<String> names() {
        return names;
    }

    /**
     * Keeps the beginning of a block, which the row ends behind or has not reached.
     *
     * @throws CsvFault if no header is that long
     */
    void keep(byte[] block, int length) throws CsvFault {
        bytes.write(block, 0, length);
        if (bytes.size() > LONGEST) {
            throw new CsvFault("has a header of more than %d MiB".formatted(LONGEST >> 20));
        }
    }

    /**
     * The row has ended, and is readable.
     *
     * @throws CsvFault if it has not all of the columns
     */
    void end(List<String> columns) throws CsvFault {
        String text = bytes.toString(StandardCharsets.UTF_8);
        names = List.copyOf(CsvReader.builder()
                .ofCsvRecord(text.startsWith("\uFEFF") ? text.substring(1) : text)
                .iterator()
                .next()
                .getFields());
        for (String column : columns) {
            if (!names.contains(column)) {
                throw new CsvFault("has no column '" + column + "'; its header is: " + String.join(", ", names));
            }
        }
    }
}
