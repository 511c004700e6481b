package dev.bes.orchestrator.remote.bes;

import dev.bes.orchestrator.remote.Table;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Tables in the JSON of the Request/Response Service: names and values, or a list of objects ("swagger" form). */
final class TableJson {

    private TableJson() {}

    static Map<String, Object> request(Map<String, Table> inputs, Map<String, String> parameters) {
        Map<String, Object> tables = new LinkedHashMap<>();
        inputs.forEach(
                (name, table) -> tables.put(name, Map.of("ColumnNames", table.columns(), "Values", table.rows())));
        return Map.of("Inputs", tables, "GlobalParameters", parameters);
    }

    static Table table(JsonNode output) {
        return output.isArray() ? ofObjects(output) : ofValues(output.path("value"));
    }

    private static Table ofValues(JsonNode value) {
        List<String> columns = new ArrayList<>();
        value.path("ColumnNames").forEach(name -> columns.add(name.asString()));
        Map<String, String> known = new HashMap<>();
        List<List<@Nullable String>> rows = new ArrayList<>();
        for (JsonNode row : value.path("Values")) {
            List<@Nullable String> cells = new ArrayList<>();
            row.forEach(cell -> cells.add(text(cell, known)));
            rows.add(cells);
        }
        return new Table(columns, rows);
    }

    private static Table ofObjects(JsonNode objects) {
        SequencedSet<String> columns = new LinkedHashSet<>();
        objects.forEach(object -> columns.addAll(object.propertyNames()));
        Map<String, String> known = new HashMap<>();
        List<List<@Nullable String>> rows = new ArrayList<>();
        for (JsonNode object : objects) {
            List<@Nullable String> cells = new ArrayList<>();
            columns.forEach(column -> cells.add(text(object.path(column), known)));
            rows.add(cells);
        }
        return new Table(List.copyOf(columns), rows);
    }

    /** Cells with the same text share one string: a table of counts has few different ones. */
    private static @Nullable String text(JsonNode cell, Map<String, String> known) {
        if (cell.isNull() || cell.isMissingNode()) {
            return null;
        }
        return known.computeIfAbsent(cell.isString() ? cell.asString() : cell.toString(), text -> text);
    }
}
