package dev.bes.sandbox.inference;

import dev.bes.sandbox.http.Reply;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** A request that is refused, as {@code {"error": "…"}}. Source: open-inference-protocol, inference_rest.md, "errors". */
final class InferenceError extends RuntimeException {

    private static final JsonMapper json = JsonMapper.builder().build();

    private final int status;

    InferenceError(int status, String message) {
        super(message);
        this.status = status;
    }

    /** 400: the request holds a mistake. */
    static InferenceError badRequest(String message) {
        return new InferenceError(400, message);
    }

    Reply reply() {
        Reply reply = Reply.json(status, json.writeValueAsString(Map.of("error", String.valueOf(getMessage()))));
        return status == 429 ? reply.with("Retry-After", "1") : reply;
    }
}
