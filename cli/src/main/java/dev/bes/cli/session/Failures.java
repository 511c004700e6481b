package dev.bes.cli.session;

import dev.bes.api.client.ApiException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ProblemDetail;

/** Says in a sentence why a call of the service did not succeed, and what to do. */
public final class Failures {
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    private static final int SERVER_ERROR = 500;
    private static final int TOO_MANY = 429;
    private static final int SHOWN = 300;

    private Failures() {}

    /** The sentence for a call that did not succeed. */
    public static String sentence(ApiException e, Server server) {
        if (!e.isAnswered()) {
            return "%s does not answer (%s): start the service, or choose another one with --context or BES_SERVER"
                    .formatted(server, reason(e));
        }
        String said = said(e);
        return switch (e.status()) {
            case UNAUTHORIZED ->
                server.key() == null
                        ? server + " asks who you are: sign in with bes login"
                        : server + " does not take this key; it may have expired: sign in again with bes login";
            case FORBIDDEN -> "You may not do this: " + said + "; an administrator can give you the role";
            default -> said + advice(e, server);
        };
    }

    /** Whether a call may be repeated: nobody answered, or the service can't answer now. */
    public static boolean isPassing(ApiException e) {
        return !e.isAnswered() || e.status() >= SERVER_ERROR || e.status() == TOO_MANY;
    }

    /** Why there was no answer, in a few words. */
    public static String reason(ApiException e) {
        for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof ConnectException) {
                return "no connection";
            }
            if (cause instanceof UnknownHostException
                    || cause instanceof java.nio.channels.UnresolvedAddressException) {
                return "its host is unknown";
            }
        }
        String message = String.valueOf(e.getMessage());
        return e.isAnswered()
                ? "it answers " + e.status()
                : message.substring(message.lastIndexOf(": ") + 1).strip();
    }

    private static String said(ApiException e) {
        ProblemDetail problem = e.problem();
        if (problem == null) {
            String body = e.body().lines().findFirst().orElse("").strip();
            return "The answer is %d, not from the service itself: %s"
                    .formatted(e.status(), body.substring(0, Math.min(body.length(), SHOWN)));
        }
        return withoutStop(problem.getDetail() == null ? String.valueOf(problem.getTitle()) : problem.getDetail());
    }

    private static String withoutStop(String text) {
        return text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
    }

    private static String advice(ApiException e, Server server) {
        Duration after = e.retryAfter();
        String kind = e.kind().isEmpty() ? "" : " (%s/docs/problems#%s)".formatted(server, e.kind());
        return after == null ? kind : "%s; repeat it in %d s".formatted(kind, after.toSeconds());
    }

    /** The sentence for anything else, in which a class name may be the only word there is. */
    public static String sentence(Throwable e) {
        @Nullable String message = e.getMessage();
        return message == null ? e.toString() : message;
    }
}
