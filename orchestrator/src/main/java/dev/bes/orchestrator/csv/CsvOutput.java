package dev.bes.orchestrator.csv;

import static java.nio.charset.StandardCharsets.UTF_8;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import dev.bes.orchestrator.csv.CsvCheck.Csv;
import dev.bes.orchestrator.text.Sha256;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Checks, counts and hashes a CSV file while it is written. It reports a fault only at the end, so that the fault is not taken for
 * a failed transfer; after a fault it writes no more. A repeated transfer needs a new object.
 */
public final class CsvOutput extends OutputStream {
    private static final int BLOCK = 128 * 1024;
    /** Most outputs are small, and memory that is not needed is not free. */
    private static final int FIRST = 4 * 1024;

    private final OutputStream file;
    private final CsvRows rows;
    private final Sha256 hash = new Sha256();
    private byte[] block = new byte[FIRST];
    private int filled;
    private long bytes;
    private @Nullable InvalidCsvException fault;

    /**
     * Writes to a file, which is closed with this stream.
     *
     * @param rules the rules for the file
     */
    public CsvOutput(OutputStream file, CsvRules rules) {
        this.file = file;
        this.rows = new CsvRows(rules);
    }

    /** Writes a header in front of a file that comes without one. */
    public void writeHeader(List<String> columns) throws IOException {
        StringWriter line = new StringWriter();
        try (CsvWriter writer =
                CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(line)) {
            writer.writeRecord(columns);
        }
        write(line.toString().getBytes(UTF_8));
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
            if (filled + some > block.length) {
                block = Arrays.copyOf(block, Math.min(BLOCK, Math.max(2 * block.length, filled + some)));
            }
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
     * The facts of the written file, after it was closed.
     *
     * @throws InvalidCsvException if the file is invalid
     */
    public Csv csv() throws InvalidCsvException {
        if (fault != null) {
            throw fault;
        }
        List<String> header = rows.end();
        return new Csv(header, rows.count(), bytes, hash.hex());
    }
}
