package dev.bes.orchestrator.web.document;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/** Finds what breaks callers between two documents of the API, unless the major version has grown. */
final class BreakingChanges {
    private static final Set<String> METHODS = Set.of("get", "put", "post", "delete", "patch");
    private static final String REFERENCE = "#/components/schemas/";

    private final List<String> found = new ArrayList<>();
    private final Set<String> sent = new HashSet<>();

    private BreakingChanges() {}

    static List<String> between(JsonNode before, JsonNode after) {
        BreakingChanges changes = new BreakingChanges();
        if (major(before) == major(after)) {
            changes.documents(before, after);
        }
        return changes.found;
    }

    private static int major(JsonNode document) {
        return Integer.parseInt(document.at("/info/version").asString().split("\\.", -1)[0]);
    }

    private void documents(JsonNode before, JsonNode after) {
        JsonNode schemas = before.at("/components/schemas");
        before.path("paths")
                .forEachEntry(
                        (path, item) -> path(path, item, after.path("paths").path(path)));
        before.path("paths")
                .forEach(item -> item.forEach(operation -> collect(operation.path("requestBody"), schemas)));
        schemas.forEachEntry((name, schema) -> {
            JsonNode now = after.at("/components/schemas").path(name);
            // one that is gone is missed by the fields that referred to it
            if (!now.isMissingNode()) {
                schema(name, schema, now);
            }
        });
    }

    /** The schemas that callers send: a field of them may become required only by mistake. */
    private void collect(JsonNode node, JsonNode schemas) {
        String reference = node.path("$ref").asString("");
        if (reference.startsWith(REFERENCE)) {
            String name = reference.substring(REFERENCE.length());
            if (sent.add(name)) {
                collect(schemas.path(name), schemas);
            }
        }
        node.forEach(child -> collect(child, schemas));
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
        if (!before.path("operationId").equals(after.path("operationId"))) {
            found.add("other operationId: " + name);
        }
        body(name, before.path("requestBody"), after.path("requestBody"));
        before.path("responses").forEachEntry((status, response) -> {
            JsonNode now = after.path("responses").path(status);
            if (now.isMissingNode()) {
                if (status.startsWith("2")) {
                    found.add("no longer answered: " + status + " by " + name);
                }
                return;
            }
            response.path("content").forEachEntry((type, content) -> {
                String what = "answer " + status + " as " + type + " of " + name;
                if (!now.path("content").has(type)) {
                    found.add("removed: " + what);
                } else {
                    type(
                            what,
                            content.path("schema"),
                            now.path("content").path(type).path("schema"),
                            false);
                }
            });
        });
        parameters(name, named(before.path("parameters")), named(after.path("parameters")));
    }

    private void body(String name, JsonNode before, JsonNode after) {
        before.path("content").forEachEntry((type, content) -> {
            if (!after.path("content").has(type)) {
                found.add("no longer taken: " + type + " by " + name);
            } else {
                type(
                        "body as " + type + " of " + name,
                        content.path("schema"),
                        after.path("content").path(type).path("schema"),
                        true);
            }
        });
        if (after.path("required").asBoolean(false) && !before.path("required").asBoolean(false)) {
            found.add("newly required: body of " + name);
        }
    }

    private void parameters(String name, Map<String, JsonNode> before, Map<String, JsonNode> after) {
        before.forEach((parameter, spec) -> {
            JsonNode now = after.get(parameter);
            if (now == null) {
                found.add("removed: parameter " + parameter + " of " + name);
            } else {
                type("parameter " + parameter + " of " + name, spec.path("schema"), now.path("schema"), true);
            }
        });
        after.forEach((parameter, spec) -> {
            JsonNode known = before.get(parameter);
            if (spec.path("required").asBoolean(false)
                    && (known == null || !known.path("required").asBoolean(false))) {
                found.add("newly required: parameter " + parameter + " of " + name);
            }
        });
    }

    private static Map<String, JsonNode> named(JsonNode parameters) {
        Map<String, JsonNode> named = new TreeMap<>();
        parameters.forEach(parameter -> named.put(
                parameter.path("in").asString() + " " + parameter.path("name").asString(), parameter));
        return named;
    }

    private void schema(String name, JsonNode before, JsonNode after) {
        boolean isSent = sent.contains(name);
        type(name, before, after, isSent);
        before.path("properties").forEachEntry((property, type) -> {
            JsonNode now = after.path("properties").path(property);
            if (now.isMissingNode()) {
                found.add("removed: field " + property + " of " + name);
            } else {
                type("field " + property + " of " + name, type, now, isSent);
            }
        });
        if (isSent) {
            // a request that was complete must stay so
            after.path("required").forEach(field -> {
                if (!contains(before.path("required"), field)) {
                    found.add("newly required: field " + field.asString() + " of " + name);
                }
            });
        } else {
            // a field that was always there must stay so
            before.path("required").forEach(field -> {
                if (!contains(after.path("required"), field)) {
                    found.add("no longer always there: field " + field.asString() + " of " + name);
                }
            });
        }
    }

    /**
     * Compares types, and what is allowed of them.
     *
     * @param isSent whether callers send it: they may be allowed more, and readers may be told of fewer
     */
    private void type(String what, JsonNode before, JsonNode after, boolean isSent) {
        boolean allowsNull = isSent
                && without(after.path("type")).equals(without(before.path("type")))
                && !isNullable(before.path("type"));
        if (!(before.path("type").equals(after.path("type")) || allowsNull)
                || !before.path("$ref").equals(after.path("$ref"))
                || !before.path("anyOf").equals(after.path("anyOf"))
                || !before.path("format").equals(after.path("format"))) {
            found.add("other type: " + what);
        }
        if (before.has("items") || after.has("items")) {
            type("items of " + what, before.path("items"), after.path("items"), isSent);
        }
        if (before.has("additionalProperties") && after.has("additionalProperties")) {
            type("values of " + what, before.path("additionalProperties"), after.path("additionalProperties"), isSent);
        }
        before.path("enum").forEach(word -> {
            if (after.has("enum") && !contains(after.path("enum"), word)) {
                found.add("removed: word " + word.asString() + " of " + what);
            }
        });
        if (isSent && after.has("enum") && !before.has("enum")) {
            found.add("only some words: " + what);
        }
        if (isSent) {
            limit(what, "maximum", before, after, 1);
            limit(what, "maxLength", before, after, 1);
            limit(what, "minimum", before, after, -1);
            limit(what, "minLength", before, after, -1);
            if (after.has("pattern") && !after.path("pattern").equals(before.path("pattern"))) {
                found.add("other pattern: " + what);
            }
        }
    }

    private void limit(String what, String limit, JsonNode before, JsonNode after, int sign) {
        if (after.has(limit)
                && (!before.has(limit)
                        || sign
                                        * Double.compare(
                                                after.path(limit).asDouble(),
                                                before.path(limit).asDouble())
                                < 0)) {
            found.add("narrower: " + limit + " of " + what);
        }
    }

    private static boolean isNullable(JsonNode type) {
        for (JsonNode one : type) {
            if (one.asString().equals("null")) {
                return true;
            }
        }
        return false;
    }

    /** The types without null. */
    private static Set<String> without(JsonNode type) {
        Set<String> types = new HashSet<>();
        if (type.isString()) {
            types.add(type.asString());
        }
        type.forEach(one -> types.add(one.asString()));
        types.remove("null");
        return types;
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
