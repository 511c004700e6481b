package dev.bes.orchestrator.definition.yaml;

import dev.bes.orchestrator.definition.SourceLocation;
import java.util.Map;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;

/**
 * A YAML file as a tree that still knows where everything stood.
 *
 * @param root the tree
 * @param keys where the key of each value stands; an element of a list stands for itself
 * @param values where each value stands
 * @param sources the numbers, booleans and nulls as they are written
 */
public record Document(
        JsonNode root,
        Map<JsonPointer, SourceLocation> keys,
        Map<JsonPointer, SourceLocation> values,
        Map<JsonPointer, String> sources) {

    /** The value as it is written, if it is no text; else the value. */
    String source(JsonPointer pointer) {
        return sources.getOrDefault(pointer, root.at(pointer).asString(""));
    }

    /** Where the key stands, or the nearest thing around it when there is no such key. */
    SourceLocation keyPlace(JsonPointer pointer) {
        return nearest(keys, pointer);
    }

    /** Where the value stands, or the nearest thing around it when there is no such value. */
    SourceLocation valuePlace(JsonPointer pointer) {
        return nearest(values, pointer);
    }

    private static SourceLocation nearest(Map<JsonPointer, SourceLocation> places, JsonPointer pointer) {
        for (JsonPointer at = pointer; at != null; at = at.head()) {
            SourceLocation sourceLocation = places.get(at);
            if (sourceLocation != null) {
                return sourceLocation;
            }
        }
        return SourceLocation.START;
    }
}
