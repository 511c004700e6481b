package dev.bes.orchestrator.csv;

import dev.bes.orchestrator.files.RegularFile;
import dev.bes.orchestrator.text.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;

/** Reads and checks a CSV file in one pass, before a paid job uses it. */
public final class CsvCheck {
    /** Just below 4 MiB: G1 allocates large arrays in whole regions, and an array has a header. */
    private static final int BLOCK = 4 * 1024 * 1024 - 1024;

    private CsvCheck() {}

    /**
     * The facts of a valid file.
     *
     * @param header names of the columns; empty for an output without required columns
     * @param rows data rows, without the header
     * @param bytes size of the file
     * @param sha256 SHA-256 in hex
     */
    public record Csv(List<String> header, long rows, long bytes, String sha256) {}

    /**
     * Checks that a file is UTF-8 text, has a header with the required columns, and has the same number of fields in every row.
     *
     * @throws InvalidCsvException if the file is invalid
     * @throws IOException if the file can't be read
     */
    public static Csv read(Path file, CsvRules rules) throws InvalidCsvException, IOException {
        try (RegularFile opened = RegularFile.open(file);
                InputStream in = opened.stream()) {
            return read(in, opened.size(), rules, block -> block);
        }
    }

    /**
     * Does the same and passes each block on as soon as it is checked.
     *
     * @param size maximum number of bytes to read: a writer may never stop
     * @param onward takes a block and returns one that may be reused, or an empty array if it has none; reuse saves garbage
     * @throws InvalidCsvException if the file is invalid
     * @throws IOException if the file can't be read
     */
    public static Csv read(InputStream in, long size, CsvRules rules, UnaryOperator<byte[]> onward)
            throws InvalidCsvException, IOException {
        Sha256 hash = new Sha256();
        CsvRows rows = new CsvRows(rules);
        long bytes = 0;
        byte[] block = next(in, size, new byte[0]);
        while (block.length > 0) {
            rows.take(block);
            hash.add(block, 0, block.length);
            bytes += block.length;
            block = next(in, size - bytes, onward.apply(block));
        }
        return new Csv(rows.end(), rows.count(), bytes, hash.hex());
    }

    private static byte[] next(InputStream in, long left, byte[] free) throws IOException {
        int length = (int) Math.min(BLOCK, left);
        byte[] block = free.length == length ? free : new byte[length];
        int read = in.readNBytes(block, 0, length);
        return read == length ? block : Arrays.copyOf(block, read);
    }
}
