package dev.bes.sandbox.rrs;

import dev.bes.sandbox.dataset.Column;
import dev.bes.sandbox.dataset.Dataset;
import dev.bes.sandbox.problem.Problem;
import dev.bes.sandbox.request.Members;
import dev.bes.sandbox.settings.Assumptions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Datasets in the JSON of requests and replies; numbers of the caller are kept as text. */
final class Table {

    private Table() {}

    /** Reads {@code {"ColumnNames": […], "Values": [[…]]}} or {@code [{"column": "value"}]}. */
    static Dataset read(JsonNode input, Assumptions assumptions) {
        if (input.isArray()) {
            return ofObjects(input);
        }
        if (input.isObject()) {
            return ofTable(Members.of(input, assumptions));
        }
        throw Problem.MISSING_REQUEST_INPUT.about();
    }

    /** The reply with {@code details=true}. */
    static Map<String, Object> withDetails(Dataset output) {
        Map<String, Object> value = new LinkedHashMap<>();
        value.put("ColumnNames", output.columns().stream().map(Column::name).toList());
        value.put(
                "ColumnTypes",
                output.columns().stream().map(it -> it.type().remoteName()).toList());
        value.put("Values", output.rows());
        return value;
    }

    /** The reply without details. */
    static Map<String, Object> valuesOnly(Dataset output) {
        return Map.of("Values", output.rows());
    }

    /** The reply with {@code format=swagger}. */
    static List<Map<String, @Nullable String>> asObjects(Dataset output) {
        return output.rows().stream()
                .map(row -> asObject(output.columns(), row))
                .toList();
    }

    private static Map<String, @Nullable String> asObject(List<Column> columns, List<@Nullable String> row) {
        Map<String, @Nullable String> object = new LinkedHashMap<>();
        for (int i = 0; i < columns.size(); i++) {
            object.put(columns.get(i).name(), row.get(i));
        }
        return object;
    }

    private static Dataset ofTable(Members input) {
        JsonNode names = input.get("ColumnNames");
        JsonNode values = input.get("Values");
        if (!names.isArray() || !values.isArray()) {
            throw Problem.MISSING_REQUEST_INPUT.about();
        }
        List<String> columns = names.valueStream().map(JsonNode::asString).toList();
        List<List<@Nullable String>> rows = new ArrayList<>();
        for (JsonNode value : values) {
            if (!value.isArray() || value.size() != columns.size()) {
                throw Problem.INPUT_PARSE_ERROR.about("All rows must have same number of elements");
            }
            rows.add(row(value));
        }
        return new Dataset(columns.stream().map(Column::text).toList(), rows);
    }

    private static Dataset ofObjects(JsonNode input) {
        Set<String> columns = new LinkedHashSet<>();
        for (JsonNode object : input) {
            if (!object.isObject()) {
                throw Problem.INPUT_PARSE_ERROR.about("Every row must be an object");
            }
            columns.addAll(object.propertyNames());
        }
        List<List<@Nullable String>> rows = new ArrayList<>();
        for (JsonNode object : input) {
            List<@Nullable String> row = new ArrayList<>();
            columns.forEach(column -> row.add(text(object.path(column))));
            rows.add(row);
        }
        return new Dataset(columns.stream().map(Column::text).toList(), rows);
    }

    private static List<@Nullable String> row(JsonNode values) {
        List<@Nullable String> row = new ArrayList<>();
        values.forEach(value -> row.add(text(value)));
        return row;
    }

    private static @Nullable String text(JsonNode value) {
        return value.isNull() || value.isMissingNode() ? null : value.asString();
    }
}
