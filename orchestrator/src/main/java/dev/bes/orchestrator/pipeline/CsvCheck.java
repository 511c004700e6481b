package dev.bes.orchestrator.pipeline;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;

/** Reads a CSV file once, from end to end, and says what it is: before anything is paid for it. */
final class CsvCheck {
    private static final String BOM = "\uFEFF";

    private CsvCheck() {}

    /**
     * What a good file is.
     *
     * @param header names of the columns
     * @param rows data rows, without the header
     * @param bytes size
     * @param sha256 hash in hex
     */
    record Csv(List<String> header, long rows, long bytes, String sha256) {}

    /**
     * Checks that a file is UTF-8, has a header with the columns asked for, and that every row is as wide as the header.
     *
     * @throws CsvFault if it is not so
     * @throws IOException if the file can't be read
     */
    static Csv read(Path file, List<String> columns) throws CsvFault, IOException {
        MessageDigest digest = sha256();
        try (InputStream in = new DigestInputStream(new BufferedInputStream(Files.newInputStream(file)), digest);
                InputStreamReader text = new InputStreamReader(in, StandardCharsets.UTF_8.newDecoder())) {
            Shape shape = shape(
                    CsvReader.builder()
                            .allowExtraFields(true)
                            .allowMissingFields(true)
                            .ofCsvRecord(text),
                    columns);
            long bytes = Files.size(file);
            return new Csv(shape.header, shape.rows, bytes, HexFormat.of().formatHex(digest.digest()));
        } catch (UncheckedIOException e) {
            if (e.getCause() instanceof CharacterCodingException) {
                throw NotUtf8.in(file);
            }
            throw e.getCause();
        }
    }

    private record Shape(List<String> header, long rows) {}

    private static Shape shape(CsvReader<CsvRecord> reader, List<String> columns) throws CsvFault {
        try {
            Iterator<CsvRecord> records = reader.iterator();
            if (!records.hasNext()) {
                throw new CsvFault("is empty");
            }
            List<String> header = header(records.next());
            checkColumns(header, columns);
            long rows = 0;
            while (records.hasNext()) {
                checkWidth(records.next(), header.size());
                rows++;
            }
            return new Shape(header, rows);
        } catch (CsvParseException e) {
            if (e.getCause() instanceof IOException cause) {
                throw new UncheckedIOException(cause);
            }
            throw new CsvFault("is not readable as CSV: " + e.getMessage());
        }
    }

    private static List<String> header(CsvRecord first) {
        List<String> names = first.getFields();
        return names.getFirst().startsWith(BOM)
                ? Stream.concat(
                                Stream.of(names.getFirst().substring(1)),
                                names.stream().skip(1))
                        .toList()
                : List.copyOf(names);
    }

    private static void checkColumns(List<String> header, List<String> columns) throws CsvFault {
        for (String column : columns) {
            if (!header.contains(column)) {
                throw new CsvFault("has no column '" + column + "'; its header is: " + String.join(", ", header));
            }
        }
    }

    private static void checkWidth(CsvRecord row, int width) throws CsvFault {
        if (row.getFieldCount() != width) {
            throw new CsvFault("line %d has %d fields, the header has %d"
                    .formatted(row.getStartingLineNumber(), row.getFieldCount(), width));
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
