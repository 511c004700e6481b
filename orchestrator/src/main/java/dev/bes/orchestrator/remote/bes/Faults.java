package dev.bes.orchestrator.remote.bes;

import static dev.bes.orchestrator.remote.EndpointSettings.property;

import dev.bes.orchestrator.remote.Redaction;
import dev.bes.orchestrator.remote.RemoteException;
import dev.bes.orchestrator.remote.RemoteException.NotFound;
import dev.bes.orchestrator.remote.RemoteException.Refused;
import dev.bes.orchestrator.remote.RemoteException.Rejected;
import dev.bes.orchestrator.remote.RemoteException.Throttled;
import dev.bes.orchestrator.remote.RemoteException.Unavailable;
import java.net.ConnectException;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** Turns an answer other than 2xx into the exception that says what may be done next. */
final class Faults {

    private static final int MESSAGE_LIMIT = 500;
    private static final int CODE_LIMIT = 100;

    private final String endpoint;
    private final Redaction redaction;
    private final InstantSource clock;

    Faults(String endpoint, Redaction redaction, InstantSource clock) {
        this.endpoint = endpoint;
        this.redaction = redaction;
        this.clock = clock;
    }

    RemoteException of(Call call, HttpResponse<byte[]> answer) {
        ErrorBody error = ErrorBody.parse(answer.body());
        int status = answer.statusCode();
        String message = message(call, status, error);
        return switch (status) {
            case 429 -> throttled(message, error, answer.headers());
            case 401 -> refused(message, error, answer.headers());
            case 403 ->
                RetryAfter.isIn(answer.headers()) || error.mentions("quota")
                        ? throttled(message, error, answer.headers())
                        : refused(message, error, answer.headers());
            case 404 -> notFound(message, error);
            case 400, 405, 406, 411, 413, 414, 415, 422, 431 ->
                new Rejected(redaction.tidy(error.code(), CODE_LIMIT), message);
            case 503 -> error.isBusy() ? busy(message, answer.headers()) : new Unavailable(message);
            case 301, 302, 303, 307, 308 ->
                new Unavailable(message + " (redirects are not followed; " + check("url") + ")");
            default -> new Unavailable(message);
        };
    }

    /** The answer made no sense, or none came. */
    Unavailable unavailable(Call call, String what) {
        return new Unavailable(label(call) + redaction.tidy(what, MESSAGE_LIMIT));
    }

    /** No answer came, for a cause. */
    Unavailable unavailable(Call call, Throwable cause) {
        if (cause instanceof ConnectException) {
            return new Unavailable(label(call) + "it can't be reached (" + check("url") + ")", cause);
        }
        String said = cause.getMessage() == null ? "" : ": " + cause.getMessage();
        return new Unavailable(
                label(call) + redaction.tidy(cause.getClass().getSimpleName() + said, MESSAGE_LIMIT), cause);
    }

    private Throttled throttled(String message, ErrorBody error, HttpHeaders headers) {
        return new Throttled(message, RetryAfter.of(headers, error.message(), clock.instant()), error.gateway());
    }

    /** The service takes so many calls at a time and this one it did not take; it seldom says how long to wait. */
    private Throttled busy(String message, HttpHeaders headers) {
        return new Throttled(
                message, RetryAfter.isIn(headers) ? RetryAfter.of(headers, "", clock.instant()) : RetryAfter.LEAST);
    }

    private Refused refused(String message, ErrorBody error, HttpHeaders headers) {
        if (isForSubscriptionKey(error, headers)) {
            return new Refused(message + " (the gateway's key: " + check("subscription-key") + ")");
        }
        if (error.gateway()) {
            return new Refused(message + " (the gateway lets this caller not pass; " + check("subscription-key") + ")");
        }
        if (!error.code().isEmpty()) {
            return new Refused(message + " (the service's key: " + check("service-key") + ")");
        }
        return new Refused(
                message + " (" + check("subscription-key") + " and " + property(endpoint, "service-key") + ")");
    }

    private static boolean isForSubscriptionKey(ErrorBody error, HttpHeaders headers) {
        return error.mentions("subscription key")
                || headers.firstValue("WWW-Authenticate")
                        .filter(challenge -> challenge.startsWith("AzureApiManagementKey"))
                        .isPresent();
    }

    /** Whose key was refused; null if none was, or nobody says. */
    static @Nullable Party refuser(HttpResponse<byte[]> answer) {
        if (answer.statusCode() != 401) {
            return null;
        }
        ErrorBody error = ErrorBody.parse(answer.body());
        if (isForSubscriptionKey(error, answer.headers())) {
            return Party.GATEWAY;
        }
        return error.gateway() || error.code().isEmpty() ? null : Party.SERVICE;
    }

    private NotFound notFound(String message, ErrorBody error) {
        boolean address = error.gateway()
                || error.code().equals("OperationNotFound")
                || error.code().isEmpty();
        return new NotFound(address ? message + " (no such address: " + check("url") + ")" : message);
    }

    private String message(Call call, int status, ErrorBody error) {
        String code = redaction.tidy(error.code(), CODE_LIMIT);
        String text = redaction.tidy(error.message(), MESSAGE_LIMIT);
        return label(call) + status + (code.isEmpty() ? "" : " " + code) + (text.isEmpty() ? "" : ": " + text);
    }

    private String label(Call call) {
        return "Endpoint " + endpoint + ", " + call.word() + ": ";
    }

    private String check(String property) {
        return "check " + property(endpoint, property);
    }
}
