package dev.bes.sandbox.dataset;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes a dataset row by row: first the columns, once, then the rows. */
public interface RowWriter extends AutoCloseable {

    /**
     * Writes the header.
     *
     * @throws InvalidDataset when the format cannot hold these columns
     */
    void columns(List<Column> columns);

    /** Writes a row: as many values as there are columns, null for a missing one. */
    void row(List<@Nullable String> values);

    @Override
    void close();
}
