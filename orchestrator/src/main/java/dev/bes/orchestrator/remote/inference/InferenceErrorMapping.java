package dev.bes.orchestrator.remote.inference;

import dev.bes.orchestrator.remote.Redaction;
import dev.bes.orchestrator.remote.RemoteException;
import dev.bes.orchestrator.remote.RemoteException.By;
import dev.bes.orchestrator.remote.RemoteException.NotFound;
import dev.bes.orchestrator.remote.RemoteException.Reason;
import dev.bes.orchestrator.remote.RemoteException.Refused;
import dev.bes.orchestrator.remote.RemoteException.Rejected;
import dev.bes.orchestrator.remote.RemoteException.Throttled;
import dev.bes.orchestrator.remote.RemoteException.Unavailable;
import dev.bes.orchestrator.remote.http.CallMessages;
import dev.bes.orchestrator.remote.http.ErrorMapping;
import dev.bes.orchestrator.remote.http.KeyIssuer;
import dev.bes.orchestrator.remote.http.ManagedCall;
import dev.bes.orchestrator.remote.http.RetryAfter;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Maps the errors of a model server. Its own errors are {@code {"error": "…"}}. Source: open-inference-protocol,
 * inference_rest.md; the status codes are those of HTTP, since the protocol names only 200 and 400.
 */
final class InferenceErrorMapping implements ErrorMapping {
    private static final int MESSAGE_LIMIT = 1000;
    private static final int RAW_LIMIT = 64 * 1024;

    private final CallMessages messages;
    private final Redaction redaction;
    private final InstantSource clock;

    InferenceErrorMapping(String endpoint, Redaction redaction, InstantSource clock) {
        this.messages = new CallMessages(endpoint, redaction);
        this.redaction = redaction;
        this.clock = clock;
    }

    @Override
    public RemoteException of(ManagedCall call, HttpResponse<byte[]> answer) {
        Body body = Body.parse(answer.body());
        int status = answer.statusCode();
        String text = redaction.sanitize(body.message, MESSAGE_LIMIT);
        String message = messages.label(call) + status + (text.isEmpty() ? "" : ": " + text);
        return switch (status) {
            case 429 -> throttled(message, body, answer);
            case 425 -> new Throttled(message, RetryAfter.MIN);
            case 401, 402, 403, 407, 451, 511 -> new Refused(body.by, message + " (" + keys(body.by) + ")");
            case 404, 410, 421 -> notFound(message, body);
            case 413 ->
                new Rejected(
                        body.by,
                        "",
                        message + " (the batch is too large: " + messages.check("inference.batch-rows") + ")",
                        Reason.TOO_LARGE);
            case 400, 405, 406, 411, 414, 415, 422, 426, 431 -> new Rejected(body.by, "", message, Reason.REQUEST);
            case 503 ->
                RetryAfter.isIn(answer.headers())
                        ? throttled(message, body, answer)
                        : new Unavailable(body.by, message);
            case 301, 302, 303, 307, 308 ->
                new Unavailable(
                        body.by, message + " (a redirect, which is not followed: " + messages.check("url") + ")");
            default -> new Unavailable(body.by, message);
        };
    }

    private Throttled throttled(String message, Body body, HttpResponse<byte[]> answer) {
        return new Throttled(
                message, RetryAfter.of(answer.headers(), body.message, clock.instant()), body.by == By.GATEWAY);
    }

    private String keys(By by) {
        return by == By.GATEWAY
                ? "the gateway refuses its key: " + messages.check("subscription-key")
                : "the bearer token is refused: " + messages.check("service-key");
    }

    /** Only an answer in the form of the protocol comes from a model server. */
    private NotFound notFound(String message, Body body) {
        return body.by == By.SERVICE
                ? new NotFound(By.SERVICE, message + " (" + messages.check("inference.model") + ")", false)
                : new NotFound(body.by, message + " (no model server: " + messages.check("url") + ")", true);
    }

    @Override
    public @Nullable KeyIssuer refuser(HttpResponse<byte[]> answer) {
        if (answer.statusCode() != 401) {
            return null;
        }
        return Body.parse(answer.body()).by == By.GATEWAY ? KeyIssuer.GATEWAY : KeyIssuer.SERVICE;
    }

    /** The body of an error: of the protocol, of the gateway, or of something on the way. */
    private record Body(By by, String message) {
        static Body parse(byte[] body) {
            try {
                JsonNode json = InferenceClient.JSON.readTree(body);
                if (json.path("error").isString()) {
                    return new Body(By.SERVICE, json.path("error").asString());
                }
                if (json.path("statusCode").isNumber() && json.path("message").isString()) {
                    return new Body(By.GATEWAY, json.path("message").asString());
                }
            } catch (JacksonException e) {
                // not JSON: the raw text is the message
            }
            String raw = new String(body, 0, Math.min(body.length, RAW_LIMIT), StandardCharsets.UTF_8);
            if (raw.isBlank()) {
                return new Body(By.UNKNOWN, "");
            }
            return new Body(By.HOP, raw.stripLeading().startsWith("<") ? "an HTML page" : raw);
        }
    }
}
