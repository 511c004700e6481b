package dev.bes.orchestrator.definition;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A key of a definition whose value differs in another one.
 *
 * @param key its path in the file, such as {@code inputs.input1.columns[0]}
 * @param before the value in the first definition; null if it is not there
 * @param after the value in the second definition; null if it is not there
 */
public record DefinitionDifference(
        String key, @Nullable String before, @Nullable String after) {

    /** The keys that differ between two definitions, in order of the alphabet. Defaults count as values. */
    public static List<DefinitionDifference> between(Definition first, Definition second) {
        Map<String, String> before = values(first);
        Map<String, String> after = values(second);
        TreeSet<String> keys = new TreeSet<>(before.keySet());
        keys.addAll(after.keySet());
        List<DefinitionDifference> differences = new ArrayList<>();
        for (String key : keys) {
            if (!Objects.equals(before.get(key), after.get(key))) {
                differences.add(new DefinitionDifference(key, before.get(key), after.get(key)));
            }
        }
        return differences;
    }

    private static Map<String, String> values(Definition definition) {
        Map<String, String> values = new TreeMap<>();
        JsonNode root =
                JsonMapper.shared().readTree(FrozenDefinition.of(definition).json());
        root.forEachEntry((key, value) -> {
            if (key.equals("inputs")) {
                // a list in the frozen form, an object in the file
                value.forEach(input -> collect("inputs." + input.path("name").asString(), input, values));
            } else {
                collect(key.equals("requestResponse") ? "request-response" : key, value, values);
            }
        });
        return values;
    }

    private static void collect(String key, JsonNode value, Map<String, String> values) {
        if (value.isObject()) {
            value.forEachEntry((name, child) -> collect(key + "." + name, child, values));
        } else if (value.isArray()) {
            for (int i = 0; i < value.size(); i++) {
                collect(key + "[" + i + "]", value.get(i), values);
            }
        } else if (!value.isNull()) {
            values.put(key, value.asString());
        }
    }
}
