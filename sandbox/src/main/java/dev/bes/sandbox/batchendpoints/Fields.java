package dev.bes.sandbox.batchendpoints;

import dev.bes.sandbox.management.ManagementError;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/** Reads JSON whose names are in Pascal case in the documentation, and in camel case as the SDK sends them. */
final class Fields {

    private Fields() {}

    /** The value of a field, whatever the case of its name. */
    static JsonNode get(JsonNode object, String name) {
        return object.properties().stream()
                .filter(field -> field.getKey().equalsIgnoreCase(name))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(MissingNode.getInstance());
    }

    /** The text of a field; empty when it has none. */
    static String text(JsonNode object, String name) {
        JsonNode value = get(object, name);
        return value.isString() ? value.stringValue() : "";
    }

    /**
     * The whole number of a field, also if it is sent as a text.
     *
     * @throws ManagementError 400 when it is none
     */
    static int number(JsonNode object, String name, int otherwise) {
        JsonNode value = get(object, name);
        if (value.isMissingNode() || value.isNull()) {
            return otherwise;
        }
        String text = value.asString("");
        if (!text.matches("-?\\d{1,9}")) {
            throw refused("'" + name + "' must be a whole number.");
        }
        return Integer.parseInt(text);
    }

    /** 400 with the code that the service gives to mistakes of its callers. */
    static ManagementError refused(String message) {
        return new ManagementError(400, "UserError", message, List.of());
    }
}
