package dev.bes.sandbox.managedapi.read;

import dev.bes.sandbox.document.YamlNode;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The schemas below {@code components/schemas}, as JSON with all references resolved. */
final class Schemas {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final String PREFIX = "#/components/schemas/";

    private final Map<String, YamlNode> byName;
    private final Deque<String> open = new ArrayDeque<>();

    Schemas(Map<String, YamlNode> byName) {
        this.byName = byName;
    }

    /** The JSON of a schema, with the schemas that it refers to in place of the references. */
    JsonNode schema(YamlNode at) {
        if (at.node() instanceof MappingNode) {
            Map<String, YamlNode> entries = at.entries();
            YamlNode reference = entries.get("$ref");
            if (reference != null) {
                return resolved(reference);
            }
            ObjectNode object = NODES.objectNode();
            entries.forEach((key, value) -> object.set(key, key.equals("example") ? json(value) : schema(value)));
            return object;
        }
        if (at.node() instanceof SequenceNode) {
            ArrayNode array = NODES.arrayNode();
            at.elements().forEach(item -> array.add(schema(item)));
            return array;
        }
        return json(at);
    }

    /** The schema that every value fits. */
    static JsonNode any() {
        return NODES.objectNode();
    }

    /** The JSON of any value. */
    static JsonNode json(YamlNode at) {
        if (at.node() instanceof MappingNode) {
            ObjectNode object = NODES.objectNode();
            at.entries().forEach((key, value) -> object.set(key, json(value)));
            return object;
        }
        if (at.node() instanceof SequenceNode) {
            ArrayNode array = NODES.arrayNode();
            at.elements().forEach(item -> array.add(json(item)));
            return array;
        }
        return scalar((ScalarNode) at.node());
    }

    private static JsonNode scalar(ScalarNode node) {
        Tag tag = node.getTag();
        String text = node.getValue();
        if (tag.equals(Tag.NULL)) {
            return NODES.nullNode();
        }
        if (tag.equals(Tag.BOOL)) {
            return NODES.booleanNode(text.equalsIgnoreCase("true"));
        }
        try {
            return tag.equals(Tag.INT) || tag.equals(Tag.FLOAT)
                    ? NODES.numberNode(new java.math.BigDecimal(text))
                    : NODES.stringNode(text);
        } catch (NumberFormatException e) {
            // infinity, or another base
            return NODES.stringNode(text);
        }
    }

    private JsonNode resolved(YamlNode reference) {
        String text = reference.text();
        String name = text.startsWith(PREFIX) ? text.substring(PREFIX.length()) : "";
        YamlNode target = byName.get(name);
        if (target == null) {
            reference.report(
                    "the reference '" + text + "' leads nowhere", "refer to a schema of this file: " + PREFIX + "Name");
        } else if (open.contains(name)) {
            reference.report(
                    "the schema '" + name + "' contains itself", "write it without: API Management does not take it");
        } else {
            open.push(name);
            JsonNode schema = schema(target);
            open.pop();
            return schema;
        }
        return NODES.objectNode();
    }
}
