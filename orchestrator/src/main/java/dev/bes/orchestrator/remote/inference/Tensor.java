package dev.bes.orchestrator.remote.inference;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * A tensor as the metadata of a model describes it. Source: open-inference-protocol, "$metadata_tensor".
 *
 * @param shape its dimensions; -1 for one of any size. The first one is that of the rows
 */
record Tensor(String name, String datatype, List<Long> shape) {

    static List<Tensor> list(JsonNode tensors) {
        List<Tensor> list = new ArrayList<>();
        for (JsonNode tensor : tensors) {
            List<Long> shape = new ArrayList<>();
            tensor.path("shape").forEach(size -> shape.add(size.asLong(-1)));
            list.add(new Tensor(
                    tensor.path("name").asString(""), tensor.path("datatype").asString(""), List.copyOf(shape)));
        }
        return List.copyOf(list);
    }

    /** Whether each row has one element. */
    boolean isColumn() {
        return shape.size() <= 1 || (shape.size() == 2 && width() == 1);
    }

    /** The elements of a row; -1 for any number. */
    long width() {
        return shape.size() < 2 ? 1 : shape.stream().skip(1).reduce(1L, (a, b) -> a < 0 || b < 0 ? -1 : a * b);
    }
}
