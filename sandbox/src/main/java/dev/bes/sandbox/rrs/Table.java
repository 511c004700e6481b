package dev.bes.sandbox.rrs;

import dev.bes.sandbox.model.CsvScoring;
import dev.bes.sandbox.problem.Problem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Named columns and rows of texts; numbers of the caller are kept as text. */
record Table(List<String> columns, List<List<@Nullable String>> rows) {

    /** Reads {@code {"ColumnNames": […], "Values": [[…]]}} or {@code [{"column": "value"}]}. */
    static Table read(JsonNode input) {
        if (input.isArray()) {
            return ofObjects(input);
        }
        if (input.isObject()) {
            return ofTable(input);
        }
        throw Problem.MISSING_REQUEST_INPUT.about();
    }

    /** The reply with {@code details=true}. */
    Map<String, Object> withDetails() {
        Map<String, Object> value = new LinkedHashMap<>();
        value.put("ColumnNames", columns);
        value.put("ColumnTypes", columns.stream().map(Table::type).toList());
        value.put("Values", rows);
        return value;
    }

    /** The reply without details. */
    Map<String, Object> valuesOnly() {
        return Map.of("Values", rows);
    }

    /** The reply with {@code format=swagger}. */
    List<Map<String, @Nullable String>> asObjects() {
        return rows.stream().map(this::asObject).toList();
    }

    private Map<String, @Nullable String> asObject(List<@Nullable String> row) {
        Map<String, @Nullable String> object = new LinkedHashMap<>();
        for (int i = 0; i < columns.size(); i++) {
            object.put(columns.get(i), row.get(i));
        }
        return object;
    }

    /** Hash of the file that a job would write. */
    String sha256() {
        return CsvScoring.sha256(columns, rows);
    }

    private static String type(String column) {
        return column.matches(".*_HashingFeature\\d*\\.\\d+") ? "Int32" : "String";
    }

    private static Table ofTable(JsonNode input) {
        JsonNode names = input.path("ColumnNames");
        JsonNode values = input.path("Values");
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
        return new Table(columns, rows);
    }

    private static Table ofObjects(JsonNode input) {
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
        return new Table(List.copyOf(columns), rows);
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
