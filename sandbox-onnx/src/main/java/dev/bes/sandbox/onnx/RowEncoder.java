package dev.bes.sandbox.onnx;

import dev.bes.sandbox.dataset.Column;
import dev.bes.sandbox.dataset.InvalidDataset;
import dev.bes.sandbox.onnx.encoding.ColumnEncoding;
import dev.bes.sandbox.onnx.encoding.InputTensor;
import dev.bes.sandbox.onnx.runtime.TensorBlock;
import dev.bes.sandbox.onnx.runtime.TensorType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Encodes the rows of one dataset, block after block. */
final class RowEncoder {

    private final List<InputTensor> tensors;
    private final int[][] positions;
    private final TensorBlock[] blocks;
    private long row;

    /** @throws dev.bes.sandbox.model.ModuleFailure when the data lacks a column */
    RowEncoder(List<InputTensor> tensors, Map<String, TensorType> types, List<Column> columns) {
        this.tensors = tensors;
        this.positions = tensors.stream()
                .map(tensor -> tensor.columns().stream()
                        .mapToInt(it -> KeptColumns.position(it.column(), columns))
                        .toArray())
                .toArray(int[][]::new);
        this.blocks = tensors.stream()
                .map(tensor -> TensorBlock.of(Objects.requireNonNull(types.get(tensor.name()))))
                .toArray(TensorBlock[]::new);
    }

    /** @throws InvalidDataset when a value is refused; the message names row and column */
    void add(List<@Nullable String> values) {
        row++;
        try {
            for (int tensor = 0; tensor < blocks.length; tensor++) {
                List<ColumnEncoding> columns = tensors.get(tensor).columns();
                for (int i = 0; i < columns.size(); i++) {
                    String value = values.get(positions[tensor][i]);
                    // a protocol without nulls sends an empty text for a missing one
                    columns.get(i).encode(value == null || value.isEmpty() ? null : value, blocks[tensor]);
                }
            }
        } catch (InvalidDataset e) {
            throw new InvalidDataset("row " + row + ": " + e.getMessage());
        }
    }

    /** The values of the tensors since the last {@link #clear}. */
    Map<String, TensorBlock> blocks() {
        Map<String, TensorBlock> byName = new LinkedHashMap<>();
        for (int tensor = 0; tensor < blocks.length; tensor++) {
            byName.put(tensors.get(tensor).name(), blocks[tensor]);
        }
        return byName;
    }

    void clear() {
        for (TensorBlock block : blocks) {
            block.clear();
        }
    }
}
