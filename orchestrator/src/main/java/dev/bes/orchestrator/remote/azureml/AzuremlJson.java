package dev.bes.orchestrator.remote.azureml;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads JSON whose names begin with a small or a capital letter. Sources: articles on batch endpoints for the one, recorded calls of
 * azure-sdk-for-python for the other.
 */
final class AzuremlJson {

    static final JsonMapper MAPPER = new JsonMapper();

    private AzuremlJson() {}

    /** The node at a path of names; a missing node if there is none. */
    static JsonNode at(JsonNode node, String... names) {
        JsonNode found = node;
        for (String name : names) {
            JsonNode small = found.path(name);
            found = small.isMissingNode() ? found.path(Character.toUpperCase(name.charAt(0)) + name.substring(1)) : small;
        }
        return found;
    }

    /** The text at a path of names; empty if there is none. */
    static String text(JsonNode node, String... names) {
        JsonNode found = at(node, names);
        return found.isString() ? found.asString() : "";
    }
}
