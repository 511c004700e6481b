package dev.bes.sandbox.portal.developer;

import dev.bes.sandbox.http.Reply;
import dev.bes.sandbox.portal.PrettyJson;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.eclipse.jetty.http.HttpStatus;
import tools.jackson.databind.JsonNode;

/**
 * The answer to a call that a visitor tried.
 *
 * @param url the address that was called
 * @param reason the reason phrase of the status; empty if it has none
 * @param headers one a line
 * @param text the body's text, when it is one JSON string: a submit answers with the id of its job
 * @param body the body, JSON with line breaks
 * @param cut whether the body is longer than is shown
 * @param time how long the call took, as {@code 3.2 ms}
 */
record TryItAnswer(
        String method,
        String url,
        int status,
        String reason,
        String headers,
        Optional<String> text,
        String body,
        boolean cut,
        String time) {

    static final int MOST_SHOWN = 200_000;

    static TryItAnswer of(String method, String url, Reply reply, long nanos) {
        Optional<JsonNode> json = PrettyJson.parsed(reply.body());
        String body = json.map(PrettyJson::of).orElse(reply.body());
        return new TryItAnswer(
                method,
                url,
                reply.status(),
                Objects.requireNonNullElse(HttpStatus.getMessage(reply.status()), ""),
                headers(reply),
                json.filter(JsonNode::isString).map(JsonNode::stringValue),
                body.substring(0, Math.min(body.length(), MOST_SHOWN)),
                body.length() > MOST_SHOWN,
                "%.1f ms".formatted(nanos / 1e6));
    }

    /** What the page shows, by name. Templates read a map at a fraction of the cost of a record, and this is read at every call. */
    Map<String, Object> shown() {
        return Map.of(
                "method", method,
                "url", url,
                "result", status < 400 ? "finished" : "failed",
                "status", status + " " + reason,
                "time", time,
                "headers", headers,
                "body", body,
                "cut", cut);
    }

    private static String headers(Reply reply) {
        return new TreeMap<>(reply.headers())
                .entrySet().stream()
                        .map(header -> header.getKey() + ": " + header.getValue())
                        .collect(Collectors.joining("\n"));
    }
}
