package dev.bes.orchestrator.remote.bes;

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
import dev.bes.orchestrator.remote.http.KeyChallenge;
import dev.bes.orchestrator.remote.http.KeyIssuer;
import dev.bes.orchestrator.remote.http.ManagedCall;
import dev.bes.orchestrator.remote.http.RetryAfter;
import dev.bes.orchestrator.remote.settings.EndpointSettings;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.time.InstantSource;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Maps an answer other than 2xx to the exception that says what may be done next and who answered. The table is in
 * decisions/0034.
 */
final class BesErrorMapping implements ErrorMapping {

    private static final int MESSAGE_LIMIT = 500;
    private static final int CODE_LIMIT = 100;

    /** The service's codes for 404 that mean its address, not a job. Source: "web service error codes" article. */
    private static final Set<String> ADDRESS_CODES = Set.of(
            "OperationNotFound",
            "WebServiceNotFound",
            "WorkspaceNotFound",
            "WebServiceIdNotFoundInWorkspace",
            "ModelPackageNotFound");

    private final CallMessages messages;
    private final RefusalHints hints;
    private final Redaction redaction;
    private final InstantSource clock;

    BesErrorMapping(String endpoint, EndpointSettings settings, Redaction redaction, InstantSource clock) {
        this.messages = new CallMessages(endpoint, redaction);
        this.hints = new RefusalHints(endpoint, settings);
        this.redaction = redaction;
        this.clock = clock;
    }

    @Override
    public RemoteException of(ManagedCall managedCall, HttpResponse<byte[]> answer) {
        ErrorBody error = ErrorBody.parse(answer.body());
        int status = answer.statusCode();
        By by = answeredBy(status, error, answer.headers());
        String message = message(managedCall, status, error);
        return switch (status) {
            case 429 -> throttled(message, by, error, answer.headers());
            case 425 -> new Throttled(message, RetryAfter.MIN);
            case 401, 402 -> refused(message, by, error, answer.headers());
            case 403 ->
                RetryAfter.isIn(answer.headers()) || error.mentions("quota")
                        ? throttled(message, by, error, answer.headers())
                        : refused(message, by, error, answer.headers());
            case 407, 451, 511 -> refused(message, by, error, answer.headers());
            case 404, 421 -> notFound(message, by, error);
            case 410 -> by == By.SERVICE ? notFound(message, by, error) : new Unavailable(by, message);
            case 400, 405, 406, 411, 413, 414, 415, 422, 426, 431 -> rejected(message, by, status, error);
            case 503 -> error.isBusy() ? busy(message, answer.headers()) : new Unavailable(by, message);
            case 301, 302, 303, 307, 308 ->
                new Unavailable(by, message + " (a redirect, which is not followed: " + messages.check("url") + ")");
            default -> new Unavailable(by, message);
        };
    }

    /**
     * Who answered. Gateway and service are recognised by the form of their errors, the gateway also by its challenge. Every
     * other answer comes from a hop. A 401 without a body may come from any of them.
     */
    private static By answeredBy(int status, ErrorBody error, HttpHeaders headers) {
        if (error.by() == By.SERVICE || error.by() == By.GATEWAY) {
            return error.by();
        }
        if (KeyChallenge.of(headers) != null) {
            return By.GATEWAY;
        }
        boolean hop = status == 407 || status == 421 || status == 511 || KeyChallenge.isOfHop(headers);
        return hop || (error.by() == By.HOP && (status != 401 || error.isHtml())) ? By.HOP : By.UNKNOWN;
    }

    private Throttled throttled(String message, By by, ErrorBody error, HttpHeaders headers) {
        return new Throttled(message, RetryAfter.of(headers, error.message(), clock.instant()), by == By.GATEWAY);
    }

    /** The service has too many calls under way. It seldom says how long to wait. */
    private Throttled busy(String message, HttpHeaders headers) {
        return new Throttled(
                message, RetryAfter.isIn(headers) ? RetryAfter.of(headers, "", clock.instant()) : RetryAfter.MIN);
    }

    private Rejected rejected(String message, By by, int status, ErrorBody error) {
        String code = redaction.sanitize(error.code(), CODE_LIMIT);
        return new Rejected(by, code, message + RefusalHints.onTheWay(by), reason(status, error));
    }

    private static Reason reason(int status, ErrorBody error) {
        if (status == 413 || status == 414 || status == 431 || error.isTooLarge()) {
            return Reason.TOO_LARGE;
        }
        return switch (error.code()) {
            case "CannotStartJob" -> Reason.NOT_STARTABLE;
            case "BlobNotFound" -> Reason.BLOB_NOT_FOUND;
            default -> Reason.REQUEST;
        };
    }

    private Refused refused(String message, By by, ErrorBody error, HttpHeaders headers) {
        return new Refused(by, message + hints.of(by, error, headers));
    }

    @Override
    public @Nullable KeyIssuer refuser(HttpResponse<byte[]> answer) {
        return answer.statusCode() == 401 ? hints.refuser(ErrorBody.parse(answer.body()), answer.headers()) : null;
    }

    private NotFound notFound(String message, By by, ErrorBody error) {
        boolean address = by != By.SERVICE || ADDRESS_CODES.contains(error.code());
        String hint = address ? " (the address does not exist: " + messages.check("url") + ")" : "";
        return new NotFound(by, message + hint + (by == By.HOP ? RefusalHints.onTheWay(by) : ""), address);
    }

    private String message(ManagedCall managedCall, int status, ErrorBody error) {
        String code = redaction.sanitize(error.code(), CODE_LIMIT);
        String text = redaction.sanitize(error.message(), MESSAGE_LIMIT);
        return messages.label(managedCall)
                + status
                + (code.isEmpty() ? "" : " " + code)
                + (text.isEmpty() ? "" : ": " + text);
    }
}
