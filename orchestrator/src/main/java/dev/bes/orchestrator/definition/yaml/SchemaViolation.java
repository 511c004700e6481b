package dev.bes.orchestrator.definition.yaml;

import com.networknt.schema.Error;
import dev.bes.orchestrator.text.Suggestion;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;

/**
 * A violation of the schema, in words for the author of a definition.
 *
 * @param error what the validator says
 * @param container pointer to the value that the violated rule is about
 * @param source the value as it is written, where it is one word
 * @param rules the part of the schema that holds the violated rule
 */
record SchemaViolation(Error error, JsonPointer container, JsonNode value, String source, JsonNode rules) {

    /** The value to blame: for a key too much or missing that key, otherwise the value itself. */
    JsonPointer subject() {
        return error.getProperty() == null ? container : container.appendProperty(error.getProperty());
    }

    boolean isMissingKey() {
        return "required".equals(error.getKeyword());
    }

    private boolean isUnknownKey() {
        return "additionalProperties".equals(error.getKeyword());
    }

    /** The key that an unknown key was probably meant to be. */
    Optional<JsonPointer> intendedKey() {
        return isUnknownKey()
                ? Suggestion.nearest(error.getProperty(), unusedKeys()).map(container::appendProperty)
                : Optional.empty();
    }

    void report(Document document, Diagnostics diagnostics) {
        boolean aboutKey = error.getProperty() != null;
        SourceLocation sourceLocation = isMissingKey()
                ? document.keyLocation(container)
                : aboutKey ? document.keyLocation(subject()) : document.valueLocation(container);
        diagnostics.add(sourceLocation, message(), hint());
    }

    private String message() {
        if (LargeNumber.is(value) && !"type".equals(error.getKeyword())) {
            return "number out of range";
        }
        String rule = rules.path(error.getKeyword()).asString("");
        return switch (error.getKeyword()) {
            case "additionalProperties" -> "unknown key '" + error.getProperty() + "'";
            case "required" -> "missing key '" + error.getProperty() + "'";
            case "type" -> wrongType();
            case "propertyNames" ->
                "name '" + error.getProperty() + "' "
                        + rules.path("patternErrorMessage").asString();
            case "pattern" -> label() + " " + rules.path("patternErrorMessage").asString() + ", not '" + source + "'";
            case "enum" ->
                label() + " must be " + String.join(" or ", allowed()) + ", not "
                        + (value.isValueNode() ? source : value);
            case "minimum" -> label() + " must be at least " + rule + ", not " + source;
            case "maximum" -> label() + " must be at most " + rule + ", not " + source;
            case "minLength", "minProperties" -> label() + " is empty";
            case "maxLength" -> label() + " must be at most " + rule + " characters";
            default -> label() + " " + error.getMessage();
        };
    }

    private String wrongType() {
        if (isEmpty()) {
            return label() + " is empty";
        }
        return value.isValueNode() && !isGoodText()
                ? label() + " " + rules.path("patternErrorMessage").asString() + ", not " + source
                : label() + " must be " + words(rules.path("type").asString()) + ", not " + found();
    }

    private @Nullable String hint() {
        return switch (error.getKeyword()) {
            case "additionalProperties" -> Suggestion.hint(error.getProperty(), unusedKeys());
            case "enum" ->
                Suggestion.nearest(value.asString(""), allowed())
                        .map(near -> "did you mean '" + near + "'?")
                        .orElse(null);
            case "type" -> typeHint(rules.path("type").asString());
            default -> null;
        };
    }

    private @Nullable String typeHint(String expected) {
        if (isEmpty()) {
            return value.isNull() && expected.equals("string")
                    ? "fill it, leave the key out, or write it in quotes: \"" + source + "\""
                    : "fill it, or leave the key out";
        }
        return switch (expected) {
            case "string" -> value.isValueNode() && isGoodText() ? "write it in quotes: \"" + source + "\"" : null;
            case "array" -> value.isString() ? "write [" + value.asString() + "]" : null;
            default -> null;
        };
    }

    private List<String> unusedKeys() {
        return rules.path("properties").propertyNames().stream()
                .filter(key -> !value.has(key))
                .toList();
    }

    private List<String> allowed() {
        return rules.path("enum").valueStream().map(JsonNode::asString).toList();
    }

    private boolean isEmpty() {
        return value.isNull() || (value.isString() && value.asString().isEmpty());
    }

    private String found() {
        if (value.isNumber()) {
            return rules.path("type").asString().equals("integer") ? source : "a number";
        }
        return words(String.valueOf(error.getArguments()[0]));
    }

    /** True when all that is wrong with a number or a boolean is that it is not in quotes. */
    private boolean isGoodText() {
        return source.matches(rules.path("pattern").asString(".*"));
    }

    private static String words(String type) {
        return switch (type) {
            case "object" -> "a group of keys";
            case "array" -> "a list";
            case "string" -> "text";
            case "integer" -> "a whole number";
            case "number" -> "a number";
            case "boolean" -> "true or false";
            default -> type;
        };
    }

    private String label() {
        String path = container.toString();
        return path.isEmpty() ? "the file" : "'" + NodeCursor.name(container) + "'";
    }
}
