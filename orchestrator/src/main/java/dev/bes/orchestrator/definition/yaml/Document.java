package dev.bes.orchestrator.definition.yaml;

import java.util.Map;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;

/**
 * A YAML file as a tree, with the location of every key and value.
 *
 * @param root the tree
 * @param keys location of the key of each value; for an element of a list, the location of the element
 * @param values location of each value
 * @param sources the source text of numbers, booleans and nulls
 */
public record Document(
        JsonNode root,
        Map<JsonPointer, SourceLocation> keys,
        Map<JsonPointer, SourceLocation> values,
        Map<JsonPointer, String> sources) {

    /** The source text of a value that is not a string; otherwise the string. */
    String source(JsonPointer pointer) {
        return sources.getOrDefault(pointer, root.at(pointer).asString(""));
    }

    /** The location of the key; if it does not exist, that of its nearest parent. */
    SourceLocation keyLocation(JsonPointer pointer) {
        return nearest(keys, pointer);
    }

    /** The location of the value; if it does not exist, that of its nearest parent. */
    SourceLocation valueLocation(JsonPointer pointer) {
        return nearest(values, pointer);
    }

    private static SourceLocation nearest(Map<JsonPointer, SourceLocation> locations, JsonPointer pointer) {
        for (JsonPointer at = pointer; at != null; at = at.head()) {
            SourceLocation sourceLocation = locations.get(at);
            if (sourceLocation != null) {
                return sourceLocation;
            }
        }
        return SourceLocation.START;
    }
}
