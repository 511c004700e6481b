package dev.bes.sandbox.portal.developer;

import dev.bes.sandbox.http.Reply;
import dev.bes.sandbox.portal.PrettyJson;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.eclipse.jetty.http.HttpStatus;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The answer to a call that a visitor tried.
 *
 * @param url the address that was called
 * @param reason the reason phrase of the status; empty if it has none
 * @param body the body, JSON with line breaks
 * @param cut whether the body is longer than is shown
 * @param time how long the call took, as {@code 3.2 ms}
 */
public record TryItAnswer(
        String method,
        String url,
        int status,
        String reason,
        Map<String, String> headers,
        String body,
        boolean cut,
        String time) {

    static final int MOST_SHOWN = 200_000;

    private static final JsonMapper json = JsonMapper.builder().build();

    static TryItAnswer of(String method, String url, Reply reply, long nanos) {
        String body = PrettyJson.of(reply.body());
        return new TryItAnswer(
                method,
                url,
                reply.status(),
                Objects.requireNonNullElse(HttpStatus.getMessage(reply.status()), ""),
                new TreeMap<>(reply.headers()),
                body.substring(0, Math.min(body.length(), MOST_SHOWN)),
                body.length() > MOST_SHOWN,
                "%.1f ms".formatted(nanos / 1e6));
    }

    /** Whether the call succeeded. */
    public boolean success() {
        return status < 400;
    }

    /** The text, when the body is one JSON string: a submit answers with the id of its job. */
    Optional<String> text() {
        try {
            return Optional.of(json.readTree(body)).filter(JsonNode::isString).map(JsonNode::stringValue);
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }
}
