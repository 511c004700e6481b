package dev.bes.sandbox.http;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One HTTP reply.
 *
 * @param body the text to send as UTF-8; nothing is sent after a 204
 */
public record Reply(int status, Map<String, String> headers, String body) {

    /** A reply with a JSON body. */
    public static Reply json(int status, String body) {
        return new Reply(status, Map.of("Content-Type", "application/json; charset=utf-8"), body);
    }

    /** 204 No Content. */
    public static Reply noContent() {
        return new Reply(204, Map.of(), "");
    }

    /** No reply: the connection ends instead, as when an answer is lost on its way. */
    public static Reply lost() {
        return new Reply(0, Map.of(), "");
    }

    /** Whether the connection ends without a reply. */
    public boolean isLost() {
        return status == 0;
    }

    /** The same reply with one more header. */
    public Reply with(String name, String value) {
        return with(Map.of(name, value));
    }

    /** The same reply with more headers. */
    public Reply with(Map<String, String> others) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.putAll(others);
        return new Reply(status, more, body);
    }
}
