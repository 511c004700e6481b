package dev.bes.sandbox.dataset;

import java.io.OutputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A small dataset in memory. */
public record Dataset(List<Column> columns, List<List<@Nullable String>> rows) {

    /** Reads the rows of this dataset. */
    public RowReader reader() {
        Iterator<List<@Nullable String>> remaining = rows.iterator();
        return new RowReader() {
            @Override
            public List<Column> columns() {
                return columns;
            }

            @Override
            public @Nullable List<@Nullable String> next() {
                return remaining.hasNext() ? remaining.next() : null;
            }

            @Override
            public void close() {
                // nothing is open
            }
        };
    }

    /** Hash, in hex, of the CSV file that a job would write of this dataset. */
    public String sha256() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            OutputStream out = new DigestOutputStream(OutputStream.nullOutputStream(), digest);
            try (RowWriter writer = DataFormat.CSV.writer(out, "")) {
                writer.columns(columns);
                rows.forEach(writer::row);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** Keeps in memory what is written. */
    public static final class Collector implements RowWriter {

        private List<Column> columns = List.of();
        private final List<List<@Nullable String>> rows = new ArrayList<>();

        @Override
        public void columns(List<Column> written) {
            columns = List.copyOf(written);
        }

        @Override
        public void row(List<@Nullable String> values) {
            rows.add(values);
        }

        @Override
        public void close() {
            // nothing is open
        }

        /** What has been written. */
        public Dataset dataset() {
            return new Dataset(columns, rows);
        }
    }
}
