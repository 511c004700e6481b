package dev.bes.orchestrator.csv;

import dev.bes.orchestrator.files.RegularFile;
import dev.bes.orchestrator.text.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;

/** Reads a CSV file once, from end to end, and says what it is: before anything is paid for it. */
public final class CsvCheck {
    /** The heap of a small node gives out whole mebibytes, and the head of an array takes some bytes of them. */
    private static final int BLOCK = 4 * 1024 * 1024 - 1024;

    private CsvCheck() {}

    /**
     * What a good file is.
     *
     * @param header names of the columns; none of an output of which no columns are asked for
     * @param rows data rows, without the header
     * @param bytes size
     * @param sha256 hash in hex
     */
    public record Csv(List<String> header, long rows, long bytes, String sha256) {}

    /**
     * Checks that a file is text in UTF-8, has a header with the columns asked for, and that every row is as wide as the header.
     *
     * @throws InvalidCsvException if it is not so
     * @throws IOException if the file can't be read
     */
    public static Csv read(Path file, CsvRules rules) throws InvalidCsvException, IOException {
        try (RegularFile opened = RegularFile.open(file);
                InputStream in = opened.stream()) {
            return read(in, opened.size(), rules, block -> block);
        }
    }

    /**
     * The same, for somebody who needs what is read: each block is handed on as soon as nothing is wrong with it so far.
     *
     * @param in its bytes
     * @param size how many of them are read at most: somebody may go on writing for ever
     * @param onward takes the blocks, all but the last of some megabytes, and gives each back when it may be filled again, or an
     *     empty array while it has none: megabytes that are thrown away with each block keep the collector busy
     * @throws InvalidCsvException if the file is not as it must be
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
        int most = (int) Math.min(BLOCK, left);
        byte[] block = free.length == most ? free : new byte[most];
        int read = in.readNBytes(block, 0, most);
        return read == most ? block : Arrays.copyOf(block, read);
    }
}
