package dev.bes.sandbox.catalogue;

import dev.bes.sandbox.dataset.Column;
import dev.bes.sandbox.dataset.RowReader;
import java.util.List;

/**
 * An input of a web service.
 *
 * @param columns the columns it declares; its data must have them, unless the input is open
 * @param open whether its data may lack declared columns and have others
 */
public record Input(String name, List<InputColumn> columns, boolean open) {

    /** The declared columns without their examples. */
    public List<Column> schema() {
        return columns.stream().map(InputColumn::column).toList();
    }

    /**
     * Reads data with the declared types.
     *
     * @return the data; its reader checks the values of declared columns
     * @throws dev.bes.sandbox.dataset.InvalidDataset when a column is missing or not declared
     */
    public RowReader typed(RowReader data) {
        return TypedReader.of(this, data);
    }
}
