package dev.bes.models;

import dev.bes.sandbox.dataset.Column;
import dev.bes.sandbox.dataset.ColumnType;
import dev.bes.sandbox.document.Mistakes;
import dev.bes.sandbox.document.YamlNode;
import dev.bes.sandbox.document.YamlReader;
import dev.bes.sandbox.onnx.encoding.ColumnEncoding;
import dev.bes.sandbox.onnx.encoding.InputTensor;
import dev.bes.sandbox.onnx.encoding.TensorReader;
import dev.bes.sandbox.onnx.encoding.TensorValues;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;

/** Encodes rows as the sandbox will when it scores: by the same code, from the same YAML. */
final class Encoder {

    private final InputTensor tensor;
    private final List<String> columns;

    private Encoder(InputTensor tensor, List<String> columns) {
        this.tensor = tensor;
        this.columns = columns;
    }

    /** @param yaml the text of a {@code model.yaml} with one input and one tensor */
    static Encoder of(String yaml) {
        Mistakes mistakes = new Mistakes();
        YamlNode root = YamlReader.read("model.yaml", yaml, mistakes).orElseThrow();
        List<Column> declared = root
                .require("inputs")
                .orElseThrow()
                .elements()
                .getFirst()
                .require("columns")
                .orElseThrow()
                .elements()
                .stream()
                .map(it -> new Column(
                        it.text("name"), ColumnType.named(it.text("type")).orElseThrow()))
                .toList();
        List<InputTensor> tensors = TensorReader.read(root.require("model").orElseThrow(), declared);
        if (!mistakes.sorted().isEmpty()) {
            throw new IllegalArgumentException(mistakes.sorted().toString());
        }
        return new Encoder(
                tensors.getFirst(), declared.stream().map(Column::name).toList());
    }

    /** The columns of the input. */
    List<String> columns() {
        return columns;
    }

    /** The values of the tensor for a row. */
    double[] encode(Map<String, String> row) {
        DoubleStream.Builder values = DoubleStream.builder();
        TensorValues numbers = new TensorValues() {
            @Override
            public void add(double number) {
                values.add(number);
            }

            @Override
            public void add(String text) {
                throw new IllegalStateException("the tensor has numbers only");
            }
        };
        for (ColumnEncoding column : tensor.columns()) {
            column.encode(row.get(column.column()), numbers);
        }
        return values.build().toArray();
    }
}
