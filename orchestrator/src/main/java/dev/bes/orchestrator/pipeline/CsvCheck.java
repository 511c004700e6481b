package dev.bes.orchestrator.pipeline;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;

/** Reads a CSV file once, from end to end, and says what it is: before anything is paid for it. */
final class CsvCheck {
    private static final byte[] BOM = "\uFEFF".getBytes(StandardCharsets.UTF_8);
    // read behind the last line: a quote that is never closed swallows it with all that comes after the quote
    private static final String END = "\u0000end";

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
        try (InputStream in = new BufferedInputStream(new DigestInputStream(Files.newInputStream(file), digest));
                Reader text = new InputStreamReader(
                        new SequenceInputStream(behindBom(in), end()), StandardCharsets.UTF_8.newDecoder())) {
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

    private static InputStream behindBom(InputStream in) throws IOException {
        in.mark(BOM.length);
        if (!Arrays.equals(in.readNBytes(BOM.length), BOM)) {
            in.reset();
        }
        return in;
    }

    private static InputStream end() {
        return new ByteArrayInputStream(("\n" + END).getBytes(StandardCharsets.UTF_8));
    }

    private static Shape shape(CsvReader<CsvRecord> reader, List<String> columns) throws CsvFault {
        try {
            Iterator<CsvRecord> records = reader.iterator();
            CsvRecord first = records.next();
            if (isEnd(first)) {
                throw new CsvFault("is empty");
            }
            List<String> header = List.copyOf(first.getFields());
            CsvRecord row = after(first, records);
            checkColumns(header, columns);
            long rows = 0;
            while (!isEnd(row)) {
                CsvRecord next = after(row, records);
                checkWidth(row, header.size());
                rows++;
                row = next;
            }
            return new Shape(header, rows);
        } catch (CsvParseException e) {
            if (e.getCause() instanceof IOException cause) {
                throw new UncheckedIOException(cause);
            }
            throw new CsvFault("is not readable as CSV: " + e.getMessage()
                    + (e.getCause() == null ? "" : ": " + e.getCause().getMessage()));
        }
    }

    private static boolean isEnd(CsvRecord row) {
        return row.getFieldCount() == 1 && row.getField(0).equals(END);
    }

    private static CsvRecord after(CsvRecord row, Iterator<CsvRecord> records) throws CsvFault {
        if (!records.hasNext()) {
            throw new CsvFault("line " + row.getStartingLineNumber() + " opens a quote that is never closed");
        }
        return records.next();
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

    /** The hash of a whole file, in hex. */
    static String sha256(byte[] content) {
        return HexFormat.of().formatHex(sha256().digest(content));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
