package dev.bes.sandbox.onnx.encoding;

import java.util.List;

/**
 * An input tensor of a model.
 *
 * @param columns the columns of the data that fill it, in its order
 */
public record InputTensor(String name, List<ColumnEncoding> columns) {

    /** How many values there are for each row. */
    public int width() {
        return columns.stream().mapToInt(ColumnEncoding::width).sum();
    }
}
