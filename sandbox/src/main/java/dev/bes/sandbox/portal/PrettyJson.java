package dev.bes.sandbox.portal;

import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.core.util.Separators;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.json.JsonMapper;

/** JSON with line breaks, for people. */
public final class PrettyJson {

    private static final JsonMapper json = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();
    private static final ObjectWriter writer = json.writer()
            .with(new DefaultPrettyPrinter()
                    .withSeparators(Separators.createDefaultInstance()
                            .withObjectNameValueSpacing(Separators.Spacing.AFTER)
                            .withObjectEmptySeparator("")
                            .withArrayEmptySeparator("")));

    private PrettyJson() {}

    /** A JSON value with line breaks. */
    public static String of(JsonNode value) {
        return writer.writeValueAsString(value);
    }

    /** The same JSON with line breaks; what is no JSON stays as it is. */
    public static String of(String text) {
        return parsed(text).map(PrettyJson::of).orElse(text);
    }

    /** The JSON value that a text is, if it is one; its numbers keep all their digits. */
    public static Optional<JsonNode> parsed(String text) {
        try {
            return Optional.of(json.readTree(text)).filter(value -> !value.isMissingNode());
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }
}
