package dev.bes.orchestrator.remote.bes;

import dev.bes.orchestrator.remote.RemoteException.By;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * The body of an error answer. The service and the gateway are recognised by the form of their errors. Sources: "web service error
 * codes" article for the service, exact error responses of API Management for the gateway.
 *
 * @param by who answered; a hop for a text of another form, unknown for an empty body
 * @param code the most precise code; empty if there is none
 * @param message the text for users; empty if there is none
 */
record ErrorBody(By by, String code, String message) {

    // source: "web service error codes" article, 2016
    private static final Set<String> BUSY = Set.of("RequestThrottled", "TooManyConcurrentRequests");
    private static final String HTML = "an HTML page";
    private static final int RAW_LIMIT = 64 * 1024;

    static ErrorBody parse(byte[] body) {
        try {
            JsonNode json = BesJson.MAPPER.readTree(body);
            if (json.path("error").isObject()
                    && !text(json.path("error").path("code")).isEmpty()) {
                return ofService(json.path("error"));
            }
            if (json.path("statusCode").isNumber() && json.path("message").isString()) {
                return new ErrorBody(By.GATEWAY, "", json.path("message").asString());
            }
        } catch (JacksonException e) {
            // not JSON: the raw text is the message
        }
        String raw = new String(body, 0, Math.min(body.length, RAW_LIMIT), StandardCharsets.UTF_8);
        if (raw.isBlank()) {
            return new ErrorBody(By.UNKNOWN, "", "");
        }
        return new ErrorBody(By.HOP, "", raw.stripLeading().startsWith("<") ? HTML : raw);
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
        return new ErrorBody(By.SERVICE, code, message);
    }

    private static String text(JsonNode node) {
        return node.isString() ? node.asString() : "";
    }

    /** Whether the code means that the request is too large. */
    boolean isTooLarge() {
        return code.contains("TooLarge") || code.equals("OutOfMemoryLimit") || code.equals("MemoryQuotaViolation");
    }

    /** Whether the service has too many calls under way. */
    boolean isBusy() {
        return BUSY.contains(code);
    }

    boolean isHtml() {
        return message.equals(HTML);
    }

    boolean mentions(String text) {
        return message.toLowerCase(java.util.Locale.ROOT).contains(text);
    }
}
