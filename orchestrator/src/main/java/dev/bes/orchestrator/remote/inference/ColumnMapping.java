package dev.bes.orchestrator.remote.inference;

import dev.bes.orchestrator.remote.RemoteException.By;
import dev.bes.orchestrator.remote.RemoteException.Reason;
import dev.bes.orchestrator.remote.RemoteException.Rejected;
import dev.bes.orchestrator.remote.RowService.Columns;
import dev.bes.orchestrator.remote.inference.InferenceClient.Metadata;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Which columns of an input become which tensors of a model, and which tensors or columns become the columns of its outputs.
 *
 * @param inputs the tensors to send
 * @param outputs by output, where its columns come from
 */
record ColumnMapping(List<InputTensor> inputs, Map<String, List<OutputColumn>> outputs) {
    private static final int MOST_COLUMNS = 1 << 14;

    /**
     * A tensor to send.
     *
     * @param columns positions of its columns in the input; several for a tensor of shape [n, k]
     */
    record InputTensor(String name, Datatype datatype, List<Integer> columns) {}

    /**
     * A column of an output.
     *
     * @param tensor name of the tensor; empty if it is copied from the input
     * @param column position in the input, or in a row of the tensor
     * @param width elements that a row of the tensor has
     */
    record OutputColumn(String name, String tensor, int column, int width) {}

    /** @throws Rejected if a column is missing, or a tensor can hold no columns */
    static ColumnMapping of(Columns columns, Metadata model) {
        return new ColumnMapping(inputs(columns, model), outputs(columns, model));
    }

    private static List<InputTensor> inputs(Columns columns, Metadata model) {
        if (model.inputs().isEmpty() || model.outputs().isEmpty()) {
            throw rejected(
                    "The server does not describe the inputs and outputs of the model: add them to its configuration");
        }
        if (model.inputs().size() == 1 && !model.inputs().getFirst().isColumn()) {
            return List.of(matrix(columns, model.inputs().getFirst()));
        }
        List<InputTensor> tensors = new ArrayList<>();
        for (Tensor tensor : model.inputs()) {
            if (!tensor.isColumn()) {
                throw rejected(
                        "The model takes '%s' as a tensor of shape %s beside others; only tensors of shape [n] or [n, 1] can be columns"
                                .formatted(tensor.name(), tensor.shape()));
            }
            tensors.add(new InputTensor(
                    tensor.name(), datatype(tensor), List.of(position(columns.header(), tensor.name(), tensor))));
        }
        return List.copyOf(tensors);
    }

    /** The one tensor of shape [n, k] has the columns that the definition names, in its order, or else all columns. */
    private static InputTensor matrix(Columns columns, Tensor tensor) {
        List<String> names = columns.inputs().isEmpty() ? columns.header() : columns.inputs();
        long width = tensor.width();
        if (tensor.shape().size() != 2 || (width >= 0 && width != names.size())) {
            throw rejected(
                    "The model takes one tensor '%s' of shape %s, and there are %d columns: name its columns in their order under inputs"
                            .formatted(tensor.name(), tensor.shape(), names.size()));
        }
        List<Integer> positions = names.stream()
                .map(name -> position(columns.header(), name, tensor))
                .toList();
        return new InputTensor(tensor.name(), datatype(tensor), positions);
    }

    private static Datatype datatype(Tensor tensor) {
        return Datatype.named(tensor.datatype())
                .orElseThrow(() -> rejected("The model takes '%s' as %s, which a column cannot be"
                        .formatted(tensor.name(), tensor.datatype())));
    }

    private static int position(List<String> header, String name, Tensor tensor) {
        int at = header.indexOf(name);
        if (at < 0) {
            throw rejected("Line 1 of the input has no column '%s', which the model needs as %s; it has %s"
                    .formatted(name, tensor.datatype(), String.join(", ", header)));
        }
        return at;
    }

    private static Map<String, List<OutputColumn>> outputs(Columns columns, Metadata model) {
        Map<String, OutputColumn> given = new LinkedHashMap<>();
        for (Tensor tensor : model.outputs()) {
            // of an unknown width, a row is expected to have one element
            int width = (int) Math.min(Math.abs(tensor.width()), MOST_COLUMNS);
            IntStream.range(0, width).forEach(at -> {
                String name = width == 1 ? tensor.name() : tensor.name() + "[" + at + "]";
                given.put(name, new OutputColumn(name, tensor.name(), at, width));
            });
        }
        Map<String, List<OutputColumn>> outputs = new LinkedHashMap<>();
        columns.outputs()
                .forEach((output, names) -> outputs.put(
                        output,
                        names.isEmpty()
                                ? List.copyOf(given.values())
                                : names.stream()
                                        .map(name -> source(output, name, given, columns.header()))
                                        .toList()));
        return outputs;
    }

    private static OutputColumn source(
            String output, String name, Map<String, OutputColumn> given, List<String> header) {
        OutputColumn column = given.get(name);
        if (column != null) {
            return column;
        }
        int at = header.indexOf(name);
        if (at < 0) {
            throw rejected(
                    "Column '%s' of output '%s' is neither a tensor of the model nor a column of the input; the model gives %s"
                            .formatted(name, output, String.join(", ", given.keySet())));
        }
        return new OutputColumn(name, "", at, 0);
    }

    private static Rejected rejected(String message) {
        return new Rejected(By.UNKNOWN, "", message, Reason.REQUEST);
    }
}
