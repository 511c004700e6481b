package dev.bes.sandbox.gateway;

import dev.bes.sandbox.http.Reply;
import java.time.Duration;
import java.util.Map;

/** The gateway's own replies, byte for byte. Source: captured responses, whose lengths fix the layout of the body. */
final class Refusals {

    static final String KEY_HEADER = "Ocp-Apim-Subscription-Key";

    private Refusals() {}

    static Reply keyMissing(String api) {
        return unauthorized(
                api,
                "Access denied due to missing subscription key. Make sure to include subscription key when making"
                        + " requests to this API.");
    }

    static Reply keyInvalid(String api) {
        return unauthorized(
                api,
                "Access denied due to invalid subscription key. Make sure to provide a valid key for an active"
                        + " subscription.");
    }

    static Reply rateLimit(Duration wait) {
        long seconds = seconds(wait);
        return reply(429, "Rate limit is exceeded. Try again in " + seconds + " seconds.")
                .with("Retry-After", String.valueOf(seconds));
    }

    static Reply quota(Duration wait) {
        long seconds = seconds(wait);
        return reply(403, "Out of call volume quota. Quota will be replenished in " + span(seconds) + ".")
                .with("Retry-After", String.valueOf(seconds));
    }

    static Reply notFound() {
        return reply(404, "Resource not found");
    }

    private static Reply unauthorized(String api, String message) {
        return reply(401, message)
                .with(
                        "WWW-Authenticate",
                        "AzureApiManagementKey realm=\"" + api + "\",name=\"" + KEY_HEADER + "\",type=\"header\"");
    }

    private static Reply reply(int status, String message) {
        return new Reply(
                status,
                Map.of("Content-Type", "application/json"),
                "{ \"statusCode\": " + status + ", \"message\": \"" + message + "\" }");
    }

    private static long seconds(Duration wait) {
        return Math.ceilDiv(wait.toNanos(), 1_000_000_000L);
    }

    /** A span of time as .NET writes it: days, if any, then hours, minutes and seconds. */
    private static String span(long seconds) {
        Duration span = Duration.ofSeconds(seconds);
        String days = span.toDaysPart() > 0 ? span.toDaysPart() + "." : "";
        return days + "%02d:%02d:%02d".formatted(span.toHoursPart(), span.toMinutesPart(), span.toSecondsPart());
    }
}
