package dev.bes.sandbox.gateway.policy;

import dev.bes.sandbox.http.Reply;
import java.time.Duration;
import java.util.Map;

/** The gateway's own replies, byte for byte. Source: captured responses, whose lengths fix the layout of the body. */
public final class Refusals {

    private static final String AUTHORIZATION = "authorization";
    private static final String FORWARD = "forward-request";
    private static final String RETRY_AFTER = "Retry-After";

    private Refusals() {}

    /**
     * The call has no subscription key.
     *
     * @param api the address of the API as the caller used it
     * @param header the name of the key's header
     */
    public static Refusal keyMissing(String api, String header) {
        return unauthorized(
                api,
                header,
                "SubscriptionKeyNotFound",
                "Access denied due to missing subscription key. Make sure to include subscription key when making"
                        + " requests to this API.");
    }

    /** The key belongs to no active subscription that admits to the API. */
    public static Refusal keyInvalid(String api, String header) {
        return unauthorized(
                api,
                header,
                "SubscriptionKeyInvalid",
                "Access denied due to invalid subscription key. Make sure to provide a valid key for an active"
                        + " subscription.");
    }

    /** The call matches no operation. */
    public static Refusal operationNotFound() {
        return new Refusal(reply(404, "Resource not found"), "configuration", "OperationNotFound");
    }

    static Refusal rateLimit(String policy, String retryAfterHeader, Duration wait) {
        long seconds = seconds(wait);
        Reply reply = reply(429, "Rate limit is exceeded. Try again in " + seconds + " seconds.");
        return new Refusal(reply, policy, "RateLimitExceeded").with(retryAfterHeader, String.valueOf(seconds));
    }

    static Refusal callQuota(Duration wait) {
        return quota("Out of call volume quota.", wait);
    }

    static Refusal bandwidthQuota(Duration wait) {
        return quota("Out of bandwidth quota.", wait);
    }

    /** The body is inferred. */
    static Refusal addressRefused(String reason) {
        return new Refusal(reply(403, "Forbidden"), "ip-filter", reason);
    }

    /** No policy and no setting names a backend. The body is inferred. */
    static Refusal noBackend() {
        return new Refusal(reply(500, "Internal server error"), FORWARD, "BackendConnectionFailure");
    }

    /** The backend did not answer within the time of {@code forward-request}. The body is inferred. */
    static Refusal backendTimeout() {
        return new Refusal(reply(500, "Internal server error"), FORWARD, "Timeout");
    }

    /** The backend answered with an error, and {@code fail-on-error-status-code} is on. That its answer stays is inferred. */
    static Refusal backendError(Reply answer) {
        return new Refusal(answer, FORWARD, "BackendErrorStatus");
    }

    /** A quota for ever has no time of replenishment: the shorter text is inferred. */
    private static Refusal quota(String text, Duration wait) {
        if (wait.equals(QuotaWindow.FOR_EVER)) {
            return new Refusal(reply(403, text), "quota", "QuotaExceeded");
        }
        long seconds = seconds(wait);
        Reply reply = reply(403, text + " Quota will be replenished in " + span(seconds) + ".");
        return new Refusal(reply, "quota", "QuotaExceeded").with(RETRY_AFTER, String.valueOf(seconds));
    }

    private static Refusal unauthorized(String api, String header, String reason, String message) {
        Reply reply = reply(401, message)
                .with(
                        "WWW-Authenticate",
                        "AzureApiManagementKey realm=\"" + api + "\",name=\"" + header + "\",type=\"header\"");
        return new Refusal(reply, AUTHORIZATION, reason);
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
