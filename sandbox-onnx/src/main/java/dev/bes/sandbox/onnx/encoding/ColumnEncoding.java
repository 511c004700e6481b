package dev.bes.sandbox.onnx.encoding;

import dev.bes.sandbox.dataset.InvalidDataset;
import org.jspecify.annotations.Nullable;

/** How the values of one column of the data become values of a tensor. */
public sealed interface ColumnEncoding permits NumberEncoding, OneHotEncoding, TextEncoding {

    /** The name of the column. */
    String column();

    /** How many values of the tensor there are for each row. */
    int width();

    /** Whether the tensor gets texts; else it gets numbers. */
    boolean isText();

    /**
     * Encodes the value of one row.
     *
     * @param value null for a missing one
     * @throws InvalidDataset when the value is refused; the message names the column
     */
    void encode(@Nullable String value, TensorValues to);

    /** What is thrown for a value that is missing and must not be. */
    default InvalidDataset noValue() {
        return new InvalidDataset("column \"" + column() + "\" has no value");
    }
}
