package dev.bes.sandbox.portal.developer;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A property of a JSON schema, in the order of a table.
 *
 * @param name the property; in braces when callers choose the name
 * @param depth how deep it lies, from 0
 * @param type its type in words, as {@code array of string}
 */
public record SchemaRow(String name, int depth, String type, boolean required, String description) {

    private static final int DEEPEST = 8;

    /** The rows of a schema; none when it has no properties. */
    static List<SchemaRow> of(@Nullable JsonNode schema) {
        List<SchemaRow> rows = new ArrayList<>();
        if (schema != null) {
            addProperties(schema, 0, rows);
        }
        return rows;
    }

    private static void addProperties(JsonNode schema, int depth, List<SchemaRow> rows) {
        JsonNode inside = items(schema);
        if (depth == DEEPEST) {
            return;
        }
        for (JsonNode alternative : inside.path("oneOf")) {
            rows.add(new SchemaRow("one of", depth, type(alternative), false, text(alternative, "description")));
            addProperties(alternative, depth + 1, rows);
        }
        for (Map.Entry<String, JsonNode> property : inside.path("properties").properties()) {
            boolean required = inside.path("required")
                    .valueStream()
                    .anyMatch(it -> property.getKey().equals(it.asString()));
            add(property.getKey(), property.getValue(), required, depth, rows);
        }
        if (inside.path("additionalProperties").isObject()) {
            add("{name}", inside.path("additionalProperties"), false, depth, rows);
        }
    }

    private static void add(String name, JsonNode schema, boolean required, int depth, List<SchemaRow> rows) {
        rows.add(new SchemaRow(name, depth, type(schema), required, text(schema, "description")));
        addProperties(schema, depth + 1, rows);
    }

    /** The innermost items of an array; the schema itself if it is none. */
    private static JsonNode items(JsonNode schema) {
        JsonNode inside = schema;
        while (inside.path("items").isObject()) {
            inside = inside.path("items");
        }
        return inside;
    }

    /** The type of a schema in words. */
    static String type(JsonNode schema) {
        if (schema.path("items").isObject()) {
            return "array of " + type(schema.path("items"));
        }
        String type = text(schema, "type").isEmpty() ? "any" : text(schema, "type");
        String values =
                schema.path("enum").valueStream().map(JsonNode::asString).collect(Collectors.joining(", "));
        return type
                + (values.isEmpty() ? "" : ": " + values)
                + (schema.path("nullable").asBoolean(false) ? " or null" : "");
    }

    private static String text(JsonNode schema, String name) {
        return schema.path(name).asString("");
    }
}
