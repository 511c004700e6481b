package dev.bes.sandbox.inference;

import dev.bes.sandbox.dataset.Column;
import dev.bes.sandbox.dataset.Dataset;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Tables as named tensors: each column is a tensor of shape [n], or [n, 1] if the caller likes. Source: open-inference-protocol,
 * "$request_input" and "$response_output".
 */
final class Tensors {

    private Tensors() {}

    /** The metadata of columns; -1 is a dimension of any size. */
    static List<Map<String, Object>> metadata(List<Column> columns) {
        List<Map<String, Object>> tensors = new ArrayList<>();
        for (Column column : columns) {
            Map<String, Object> tensor = new LinkedHashMap<>();
            tensor.put("name", column.name());
            tensor.put("datatype", Datatype.of(column.type()));
            tensor.put("shape", List.of(-1));
            tensors.add(tensor);
        }
        return tensors;
    }

    /**
     * Reads the tensors of a request.
     *
     * @param columns the columns that must be there; others are refused
     * @throws InferenceError when they do not fit the columns
     */
    static Dataset read(JsonNode inputs, List<Column> columns) {
        if (!inputs.isArray() || inputs.isEmpty()) {
            throw InferenceError.badRequest("the request has no inputs");
        }
        Map<String, JsonNode> named = new LinkedHashMap<>();
        inputs.forEach(tensor -> named.put(tensor.path("name").asString(""), tensor));
        List<Iterator<JsonNode>> data = new ArrayList<>();
        int rows = -1;
        for (Column column : columns) {
            JsonNode tensor = named.remove(column.name());
            if (tensor == null) {
                throw InferenceError.badRequest("input '" + column.name() + "' is missing");
            }
            int n = check(tensor, column);
            if (rows >= 0 && n != rows) {
                throw InferenceError.badRequest("inputs have different numbers of rows: " + rows + " and " + n);
            }
            rows = n;
            data.add(tensor.path("data").iterator());
        }
        if (!named.isEmpty()) {
            throw InferenceError.badRequest(
                    "unexpected input '" + named.keySet().iterator().next() + "'");
        }
        return new Dataset(columns, transposed(data, rows, columns));
    }

    private static List<List<@Nullable String>> transposed(
            List<Iterator<JsonNode>> data, int rows, List<Column> columns) {
        List<List<@Nullable String>> table = new ArrayList<>(rows);
        for (int row = 0; row < rows; row++) {
            List<@Nullable String> cells = new ArrayList<>(data.size());
            for (int at = 0; at < data.size(); at++) {
                JsonNode element = data.get(at).next();
                // a row of shape [n, 1] may come as a list
                JsonNode value = element.isArray() && element.size() == 1 ? element.get(0) : element;
                Column column = columns.get(at);
                if (!Datatype.of(column.type()).accepts(value)) {
                    throw InferenceError.badRequest("input '%s', element %d: is no %s"
                            .formatted(column.name(), row, Datatype.of(column.type())));
                }
                cells.add(value.asString());
            }
            table.add(cells);
        }
        return table;
    }

    private static int check(JsonNode tensor, Column column) {
        Datatype datatype = Datatype.of(column.type());
        String given = tensor.path("datatype").asString("");
        if (!given.equals(datatype.name())) {
            throw InferenceError.badRequest(
                    "input '%s' has datatype '%s', expected %s".formatted(column.name(), given, datatype));
        }
        JsonNode shape = tensor.path("shape");
        boolean column1 =
                shape.size() == 1 || (shape.size() == 2 && shape.get(1).asInt(0) == 1);
        if (!shape.isArray() || !column1 || !shape.get(0).canConvertToInt()) {
            throw InferenceError.badRequest("input '" + column.name() + "' must have shape [n] or [n, 1]");
        }
        int rows = shape.get(0).intValue();
        if (rows != tensor.path("data").size()) {
            throw InferenceError.badRequest("input '%s' has %d elements for shape [%d]"
                    .formatted(column.name(), tensor.path("data").size(), rows));
        }
        return rows;
    }

    /** Writes a table as the tensors of an answer. */
    static List<Map<String, Object>> write(Dataset table) {
        List<Map<String, Object>> tensors = new ArrayList<>();
        for (int at = 0; at < table.columns().size(); at++) {
            int index = at;
            Column column = table.columns().get(at);
            Datatype datatype = Datatype.of(column.type());
            List<@Nullable Object> data = new ArrayList<>(table.rows().size());
            table.rows().forEach(row -> data.add(datatype.element(row.get(index))));
            Map<String, Object> tensor = new LinkedHashMap<>();
            tensor.put("name", column.name());
            tensor.put("shape", List.of(table.rows().size()));
            tensor.put("datatype", datatype);
            tensor.put("data", data);
            tensors.add(tensor);
        }
        return tensors;
    }
}
