package dev.bes.sandbox.onnx;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.TensorInfo;
import dev.bes.sandbox.document.YamlNode;
import dev.bes.sandbox.onnx.encoding.ColumnEncoding;
import dev.bes.sandbox.onnx.encoding.InputTensor;
import dev.bes.sandbox.onnx.runtime.TensorType;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Holds the declared tensors against those of the model. Mistakes are added to those of the document. */
final class TensorCheck {

    private TensorCheck() {}

    /** The type of an input tensor; empty when there is a mistake. */
    static Optional<TensorType> input(YamlNode node, InputTensor tensor, Map<String, NodeInfo> inputs) {
        YamlNode name = node.find("name").orElse(node);
        Optional<TensorInfo> info = info(name, "input", tensor.name(), inputs);
        Optional<TensorType> type = info.flatMap(it -> type(name, tensor.name(), it));
        if (type.isEmpty()) {
            return type;
        }
        long[] shape = info.get().getShape();
        if (shape.length != 2) {
            name.report(
                    "tensor '" + tensor.name() + "' has " + shape.length + " dimensions, not 2",
                    "export the model with inputs of the shape [rows, columns]");
        } else if (shape[1] > 0 && shape[1] != tensor.width()) {
            node.find("columns")
                    .orElse(node)
                    .report(
                            "tensor '" + tensor.name() + "' takes " + shape[1] + " values a row, the columns give "
                                    + tensor.width(),
                            "list the columns of the tensor in its order; one-hot gives one for each value");
        }
        checkRows(name, tensor.name(), shape);
        checkKinds(node, tensor, type.get());
        return type;
    }

    /** The type of the output tensor of a result; empty when there is a mistake. */
    static Optional<TensorType> output(YamlNode node, ResultColumn result, Map<String, NodeInfo> outputs) {
        YamlNode name = node.find("tensor").orElse(node);
        Optional<TensorInfo> info = info(name, "output", result.tensor(), outputs);
        Optional<TensorType> type = info.flatMap(it -> type(name, result.tensor(), it));
        if (type.isEmpty()) {
            return type;
        }
        long[] shape = info.get().getShape();
        if (shape.length != 1 && shape.length != 2) {
            name.report(
                    "tensor '" + result.tensor() + "' has " + shape.length + " dimensions, neither 1 nor 2",
                    "export the model with outputs of the shape [rows] or [rows, columns]");
            return Optional.empty();
        }
        checkRows(name, result.tensor(), shape);
        long width = shape.length == 1 ? 1 : shape[1];
        if (width > 0 && result.at() >= width) {
            node.find("at").orElse(node).report("the tensor has " + width + " values a row", "the first position is 0");
        }
        if (!result.labels().isEmpty()) {
            checkLabels(node.find("labels").orElse(node), result, type.get(), width);
        }
        return type;
    }

    private static void checkLabels(YamlNode node, ResultColumn result, TensorType type, long width) {
        if (type != TensorType.FLOAT) {
            node.report(
                    "tensor '" + result.tensor() + "' has no floats to choose a label by",
                    "remove labels, or name another tensor");
        } else if (width > 0 && width != result.labels().size()) {
            node.report(
                    "the tensor has " + width + " values a row, but there are "
                            + result.labels().size() + " labels",
                    "write one label for each value");
        }
    }

    private static Optional<TensorInfo> info(YamlNode node, String side, String name, Map<String, NodeInfo> there) {
        NodeInfo found = there.get(name);
        if (found == null) {
            node.report(
                    "the model has no " + side + " tensor '" + name + "'",
                    "it has: " + String.join(", ", there.keySet()));
            return Optional.empty();
        }
        if (found.getInfo() instanceof TensorInfo tensor) {
            return Optional.of(tensor);
        }
        node.report(
                "'" + name + "' of the model is no tensor",
                "export the model with tensors only; scikit-learn's converter does with zipmap=False");
        return Optional.empty();
    }

    private static Optional<TensorType> type(YamlNode node, String name, TensorInfo info) {
        Optional<TensorType> type = TensorType.of(info.type);
        if (type.isEmpty()) {
            node.report(
                    "tensor '" + name + "' is of type " + info.type, "export it as FLOAT (32 bits), INT64 or STRING");
        }
        return type;
    }

    private static void checkRows(YamlNode node, String name, long[] shape) {
        if (shape.length > 0 && shape[0] > 0) {
            node.report(
                    "the first dimension of tensor '" + name + "' is always " + shape[0],
                    "export the model with any number of rows");
        }
    }

    private static void checkKinds(YamlNode node, InputTensor tensor, TensorType type) {
        List<YamlNode> nodes = node.find("columns").map(YamlNode::elements).orElse(List.of());
        for (int i = 0; i < nodes.size(); i++) {
            ColumnEncoding column = tensor.columns().get(i);
            if (column.isText() != (type == TensorType.STRING)) {
                nodes.get(i)
                        .report(
                                "tensor '" + tensor.name() + "' is of type " + type + ", but column '" + column.column()
                                        + "' gives " + (column.isText() ? "texts" : "numbers"),
                                column.isText()
                                        ? "list its values in one-hot, or declare it as a number in inputs"
                                        : "declare it as String in inputs, without one-hot");
            }
        }
    }
}
