package dev.bes.api.client;

import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ProblemDetail;

/**
 * A call did not succeed. Either the service refused it: then there is a status, and the problem that it answered with
 * (RFC 9457). Or there was no complete, readable answer: then it is unknown whether the call had an effect, and a request
 * may be repeated with the same idempotency key.
 */
public final class ApiException extends RuntimeException {
    private static final int SHOWN_CHARACTERS = 500;

    private final int status;
    private final String body;
    private final transient @Nullable ProblemDetail problem;
    private final @Nullable Duration retryAfter;

    private ApiException(
            String message,
            int status,
            String body,
            @Nullable ProblemDetail problem,
            @Nullable Duration retryAfter,
            @Nullable Throwable cause) {
        super(message, cause);
        this.status = status;
        this.body = body;
        this.problem = problem;
        this.retryAfter = retryAfter;
    }

    /**
     * A call that was answered with a status other than 2xx.
     *
     * @param call the call, for the message
     * @param body what the answer says
     * @param problem the same as a problem, if it is one
     */
    static ApiException refused(
            String call, int status, String body, @Nullable ProblemDetail problem, @Nullable Duration retryAfter) {
        String said = problem == null
                ? body.substring(0, Math.min(body.length(), SHOWN_CHARACTERS))
                : problem.getTitle() + ": " + problem.getDetail();
        return new ApiException(
                "%s was answered with %d: %s".formatted(call, status, said), status, body, problem, retryAfter, null);
    }

    /** A call without an answer, or with one that broke off or can't be read. */
    static ApiException unclear(String call, String why, @Nullable Throwable cause) {
        return new ApiException("%s has no clear answer: %s".formatted(call, why), 0, "", null, null, cause);
    }

    /** Whether the service answered; false means that it is unknown whether the call had an effect. */
    public boolean isAnswered() {
        return status > 0;
    }

    /** The status of the answer; 0 if there is none. */
    public int status() {
        return status;
    }

    /** The body of the answer, up to 64 KiB; empty if there is none. */
    public String body() {
        return body;
    }

    /** The problem that the service answered with; null if there is no answer, or if something else answered. */
    public @Nullable ProblemDetail problem() {
        return problem;
    }

    /** The kind of the problem, as docs/problems.md names it, such as {@code key-reused}; empty if there is no problem. */
    public String kind() {
        URI type = problem == null ? null : problem.getType();
        String fragment = type == null ? null : type.getFragment();
        return fragment == null ? "" : fragment;
    }

    /** How long the service asks to wait before the call is repeated; null if it does not say so. */
    public @Nullable Duration retryAfter() {
        return retryAfter;
    }
}
