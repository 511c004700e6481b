package dev.bes.sandbox.request;

import dev.bes.sandbox.problem.Problem;
import dev.bes.sandbox.settings.Assumptions;
import dev.bes.sandbox.settings.RequestAnswer.EmptyText;
import dev.bes.sandbox.settings.RequestAnswer.PropertyCase;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.NullNode;

/**
 * The properties of a JSON object, found as the service finds them. Source: Json.NET, which does not regard the case of a
 * property's name and reads an empty text for null; both are switches.
 *
 * @param node an object, null or a missing node
 */
public record Members(JsonNode node, Assumptions assumptions) {

    private static final JsonMapper json = JsonMapper.builder().build();

    /**
     * Reads the body of a request.
     *
     * @throws dev.bes.sandbox.problem.Rejection when it is no object
     */
    public static Members ofBody(String body, Assumptions assumptions) {
        Members root = of(parse(body), assumptions);
        if (root.isAbsent()) {
            throw Problem.REQUEST_IS_EMPTY.about();
        }
        return root;
    }

    /**
     * The properties of a node.
     *
     * @throws dev.bes.sandbox.problem.Rejection when it is neither an object nor null nor missing
     */
    public static Members of(JsonNode node, Assumptions assumptions) {
        boolean empty = node.isString() && node.stringValue().isEmpty();
        if (empty && assumptions.has(EmptyText.AS_NULL)) {
            return new Members(NullNode.getInstance(), assumptions);
        }
        if (!node.isObject() && !node.isNull() && !node.isMissingNode()) {
            throw Problem.REQUEST_BODY_INVALID.about();
        }
        return new Members(node, assumptions);
    }

    /** Whether there is no object. */
    public boolean isAbsent() {
        return !node.isObject();
    }

    /** The value of a property; the last one when several differ in case only. */
    public JsonNode get(String name) {
        JsonNode found = node.path(name);
        if (assumptions.has(PropertyCase.MATTERS)) {
            return found;
        }
        return node.properties().stream()
                .filter(property -> property.getKey().equalsIgnoreCase(name))
                .reduce((first, last) -> last)
                .map(Map.Entry::getValue)
                .orElse(MissingNode.getInstance());
    }

    /**
     * The properties of a property's value.
     *
     * @throws dev.bes.sandbox.problem.Rejection when it is neither an object nor null nor missing
     */
    public Members object(String name) {
        return of(get(name), assumptions);
    }

    /** The text of a property, or null when it is none, or empty. */
    public @Nullable String text(String name) {
        JsonNode value = get(name);
        return value.isString() && !value.stringValue().isEmpty() ? value.stringValue() : null;
    }

    private static JsonNode parse(String body) {
        try {
            JsonNode root = json.readTree(body);
            if (!root.isMissingNode()) {
                return root;
            }
        } catch (JacksonException e) {
            throw Problem.REQUEST_BODY_INVALID.about();
        }
        throw Problem.REQUEST_BODY_INVALID.about();
    }
}
