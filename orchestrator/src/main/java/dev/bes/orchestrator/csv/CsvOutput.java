package dev.bes.orchestrator.csv;

import dev.bes.orchestrator.csv.CsvCheck.Csv;
import dev.bes.orchestrator.text.Sha256;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A CSV file that is checked, counted and hashed while it is written. A fault in it is told at the end, so that whoever sends it is not
 * taken for broken; from the fault on nothing more is written. One that is sent anew needs a new object.
 */
public final class CsvOutput extends OutputStream {
    private static final int BLOCK = 128 * 1024;

    private final OutputStream file;
    private final CsvRows rows;
    private final Sha256 hash = new Sha256();
    private final byte[] block = new byte[BLOCK];
    private int filled;
    private long bytes;
    private @Nullable InvalidCsvException fault;

    /**
     * Writes to a file, which is closed with this stream.
     *
     * @param rules what the file must be like
     */
    public CsvOutput(OutputStream file, CsvRules rules) {
        this.file = file;
        this.rows = new CsvRows(rules);
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] content, int from, int length) throws IOException {
        int at = from;
        while (at < from + length) {
            int some = Math.min(BLOCK - filled, from + length - at);
            System.arraycopy(content, at, block, filled, some);
            filled += some;
            at += some;
            if (filled == BLOCK) {
                pass(block);
                filled = 0;
            }
        }
    }

    private void pass(byte[] checked) throws IOException {
        if (fault != null) {
            return;
        }
        try {
            rows.take(checked);
        } catch (InvalidCsvException e) {
            fault = e;
            return;
        }
        hash.add(checked, 0, checked.length);
        bytes += checked.length;
        file.write(checked);
    }

    @Override
    public void close() throws IOException {
        try (file) {
            pass(Arrays.copyOf(block, filled));
            filled = 0;
        }
    }

    /**
     * What was written, once it is closed.
     *
     * @throws InvalidCsvException if it is not as it must be
     */
    public Csv csv() throws InvalidCsvException {
        if (fault != null) {
            throw fault;
        }
        List<String> header = rows.end();
        return new Csv(header, rows.count(), bytes, hash.hex());
    }
}
