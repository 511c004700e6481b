package dev.bes.orchestrator.remote.bes;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * What an error answer says, whichever of the two speaks. Sources: "web service error codes" article for the service,
 * exact error responses of API Management for the gateway.
 *
 * @param gateway whether the gateway speaks, not the service
 * @param code the most precise code; empty if there is none
 * @param message the text for people; empty if there is none
 */
record ErrorBody(boolean gateway, String code, String message) {

    // source: "web service error codes" article, 2016
    private static final Set<String> BUSY = Set.of("RequestThrottled", "TooManyConcurrentRequests");
    private static final int RAW_LIMIT = 64 * 1024;

    static ErrorBody parse(byte[] body) {
        try {
            JsonNode json = Json.MAPPER.readTree(body);
            if (json.path("error").isObject()) {
                return ofService(json.path("error"));
            }
            if (json.path("statusCode").isNumber() && json.path("message").isString()) {
                return new ErrorBody(true, "", json.path("message").asString());
            }
        } catch (JacksonException e) {
            // not JSON: the raw text is all there is
        }
        String raw = new String(body, 0, Math.min(body.length, RAW_LIMIT), StandardCharsets.UTF_8);
        return new ErrorBody(false, "", raw.stripLeading().startsWith("<") ? "an HTML page" : raw);
    }

    private static ErrorBody ofService(JsonNode error) {
        String code = text(error.path("code"));
        List<String> messages = new ArrayList<>();
        for (JsonNode detail : error.path("details")) {
            if (messages.isEmpty() && !text(detail.path("code")).isEmpty()) {
                code = text(detail.path("code"));
            }
            messages.add(text(detail.path("message")));
        }
        messages.removeIf(String::isBlank);
        String message = messages.isEmpty() ? text(error.path("message")) : String.join(" ", messages);
        return new ErrorBody(false, code, message);
    }

    private static String text(JsonNode node) {
        return node.isString() ? node.asString() : "";
    }

    /** Whether the service says that it has too many calls under way to take this one. */
    boolean isBusy() {
        return BUSY.contains(code);
    }

    boolean mentions(String words) {
        return message.toLowerCase(java.util.Locale.ROOT).contains(words);
    }
}
