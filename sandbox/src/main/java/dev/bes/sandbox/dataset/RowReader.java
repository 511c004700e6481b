package dev.bes.sandbox.dataset;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads a dataset row by row. */
public interface RowReader extends AutoCloseable {

    /** The columns, in the order of the values. */
    List<Column> columns();

    /**
     * The next row: as many values as there are columns, null for a missing one. Null at the end.
     *
     * @throws InvalidDataset when the data is not what the format asks for
     */
    @Nullable
    List<@Nullable String> next();

    @Override
    void close();
}
