package dev.bes.sandbox.management.rest;

import dev.bes.sandbox.http.Request;
import dev.bes.sandbox.management.ManagementError;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A request that the token and the address let pass.
 *
 * @param service the address of the service resource, {@code /subscriptions/…/service/{name}}
 * @param variables the values of the variables in the route's path
 */
public record ManagementRequest(Request request, String service, Map<String, String> variables) {

    private static final int MOST_CHARACTERS = 64 << 10;

    private static final JsonMapper json = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    /**
     * The value of a variable of the route's path.
     *
     * @throws IllegalArgumentException when the path has no such variable
     */
    public String variable(String name) {
        String value = variables.get(name);
        if (value == null) {
            throw new IllegalArgumentException("The route has no variable " + name);
        }
        return value;
    }

    /**
     * The object {@code properties} of the body.
     *
     * @throws ManagementError 400 when the body is no JSON object with {@code properties}, 413 when it is too large
     */
    public JsonNode properties() {
        if (request.body().length() > MOST_CHARACTERS) {
            throw new ManagementError(
                    413, "RequestEntityTooLarge", "A request may have at most 64 KB.", java.util.List.of());
        }
        JsonNode properties = body().path("properties");
        if (!properties.isObject()) {
            throw ManagementError.invalid("properties", "Send a JSON object with an object 'properties'.");
        }
        return properties;
    }

    private JsonNode body() {
        try {
            return json.readTree(request.body());
        } catch (JacksonException e) {
            throw ManagementError.invalid(
                    "body",
                    "The body is no JSON: line %d, column %d: %s"
                            .formatted(
                                    e.getLocation().getLineNr(),
                                    e.getLocation().getColumnNr(),
                                    e.getOriginalMessage()));
        }
    }
}
