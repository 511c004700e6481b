package dev.bes.sandbox.onnx;

import dev.bes.sandbox.onnx.runtime.OutputBlock;
import java.util.List;

/**
 * A column that the model adds to a row.
 *
 * @param name its name
 * @param tensor the output tensor that it comes from
 * @param at the position of its value in the tensor's row
 * @param labels the labels of the tensor's positions: the value is the label of the largest number; empty for the number
 */
record ResultColumn(String name, String tensor, int at, List<String> labels) {

    String text(OutputBlock block, int row) {
        return labels.isEmpty() ? block.text(row, at) : labels.get(block.largest(row));
    }
}
