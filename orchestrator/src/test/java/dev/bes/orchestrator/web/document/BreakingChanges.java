package dev.bes.orchestrator.web.document;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/** Finds what breaks callers between two documents of the API, unless the major version has grown. */
final class BreakingChanges {
    private static final Set<String> METHODS = Set.of("get", "put", "post", "delete", "patch");

    private final List<String> found = new ArrayList<>();

    private BreakingChanges() {}

    static List<String> between(JsonNode before, JsonNode after) {
        BreakingChanges changes = new BreakingChanges();
        if (major(before) == major(after)) {
            before.path("paths")
                    .forEachEntry((path, item) ->
                            changes.path(path, item, after.path("paths").path(path)));
            before.at("/components/schemas").forEachEntry((name, schema) -> {
                JsonNode now = after.at("/components/schemas").path(name);
                if (!now.isMissingNode()) {
                    changes.schema(name, schema, now);
                }
            });
        }
        return changes.found;
    }

    private static int major(JsonNode document) {
        return Integer.parseInt(document.at("/info/version").asString().split("\\.", -1)[0]);
    }

    private void path(String path, JsonNode before, JsonNode after) {
        before.forEachEntry((method, operation) -> {
            if (METHODS.contains(method)) {
                if (!after.has(method)) {
                    found.add("removed: " + method + " " + path);
                } else {
                    operation(method + " " + path, operation, after.path(method));
                }
            }
        });
    }

    private void operation(String name, JsonNode before, JsonNode after) {
        before.at("/requestBody/content").forEachEntry((type, body) -> {
            if (!after.at("/requestBody/content").has(type)) {
                found.add("no longer taken: " + type + " by " + name);
            }
        });
        before.path("responses").forEachEntry((status, response) -> {
            if (status.startsWith("2") && !after.path("responses").has(status)) {
                found.add("no longer answered: " + status + " by " + name);
            }
        });
        Set<String> known = new TreeSet<>();
        before.path("parameters").forEach(p -> known.add(p.path("name").asString()));
        Set<String> now = new TreeSet<>();
        after.path("parameters").forEach(parameter -> {
            String named = parameter.path("name").asString();
            now.add(named);
            if (parameter.path("required").asBoolean(false) && !known.contains(named)) {
                found.add("newly required: parameter " + named + " of " + name);
            }
        });
        known.stream()
                .filter(parameter -> !now.contains(parameter))
                .forEach(parameter -> found.add("removed: parameter " + parameter + " of " + name));
    }

    private void schema(String name, JsonNode before, JsonNode after) {
        before.path("properties").forEachEntry((property, type) -> {
            JsonNode now = after.path("properties").path(property);
            if (now.isMissingNode()) {
                found.add("removed: field " + property + " of " + name);
            } else if (!type.path("type").equals(now.path("type"))
                    || !type.path("$ref").equals(now.path("$ref"))
                    || !type.path("anyOf").equals(now.path("anyOf"))) {
                found.add("other type: field " + property + " of " + name);
            }
        });
        // a request that was complete must stay so
        if (name.startsWith("New")) {
            after.path("required").forEach(required -> {
                if (!contains(before.path("required"), required)) {
                    found.add("newly required: field " + required.asString() + " of " + name);
                }
            });
        }
    }

    private static boolean contains(JsonNode array, JsonNode value) {
        for (JsonNode element : array) {
            if (element.equals(value)) {
                return true;
            }
        }
        return false;
    }
}
