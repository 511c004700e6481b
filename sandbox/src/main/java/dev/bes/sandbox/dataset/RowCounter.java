package dev.bes.sandbox.dataset;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Counts the rows that go to another writer. */
public final class RowCounter implements RowWriter {

    private final RowWriter writer;
    private long rows;

    /** A counter in front of this writer, which it closes. */
    public RowCounter(RowWriter writer) {
        this.writer = writer;
    }

    @Override
    public void columns(List<Column> columns) {
        writer.columns(columns);
    }

    @Override
    public void row(List<@Nullable String> values) {
        writer.row(values);
        rows++;
    }

    @Override
    public void close() {
        writer.close();
    }

    /** Number of rows so far. */
    public long rows() {
        return rows;
    }
}
