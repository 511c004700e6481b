package dev.bes.orchestrator.remote.azureml;

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
import java.time.InstantSource;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Maps an answer other than 2xx to the exception that says what may be done next and who answered. */
final class AzuremlErrorMapping implements ErrorMapping {

    private static final int MESSAGE_LIMIT = 500;
    private static final int CODE_LIMIT = 100;

    /** Codes for 404 that mean no job. Source: "common Azure deployment errors" article. */
    private static final Set<String> ADDRESS_CODES =
            Set.of("SubscriptionNotFound", "ResourceGroupNotFound", "InvalidResourceType", "NoRegisteredProviderFound");

    private final CallMessages messages;
    private final String workspace;
    private final Redaction redaction;
    private final InstantSource clock;

    /** @param workspace name of the workspace, by which its own absence is recognised */
    AzuremlErrorMapping(CallMessages messages, String workspace, Redaction redaction, InstantSource clock) {
        this.messages = messages;
        this.workspace = workspace;
        this.redaction = redaction;
        this.clock = clock;
    }

    @Override
    public RemoteException of(ManagedCall managedCall, HttpResponse<byte[]> answer) {
        AzuremlErrorBody error = AzuremlErrorBody.parse(answer.body());
        int status = answer.statusCode();
        By by = error.by();
        String message = message(managedCall, status, error);
        return switch (status) {
            // counted for the principal and the subscription, so that all nodes have to wait
            case 429 -> new Throttled(message, RetryAfter.of(answer.headers(), error.message(), clock.instant()), true);
            case 401 -> new Refused(by, message + " (the token is refused: " + messages.check("azureml.identity") + ")");
            case 403 -> new Refused(by, message + refusal(by));
            case 407, 451, 511 -> new Refused(By.HOP, message + onTheWay(By.HOP));
            case 404, 410 -> notFound(message, error);
            case 409 -> new Rejected(by, code(error), message, reasonOfConflict(managedCall));
            case 413 -> new Rejected(by, code(error), message + onTheWay(by), Reason.TOO_LARGE);
            case 400, 405, 406, 411, 412, 414, 415, 422, 426, 431 ->
                new Rejected(by, code(error), message + onTheWay(by), Reason.REQUEST);
            case 301, 302, 303, 307, 308 ->
                new Unavailable(by, message + " (a redirect, which is not followed: " + messages.checkAddress() + ")");
            default -> new Unavailable(by, message);
        };
    }

    /** A token may be refused that was valid when it was fetched. */
    @Override
    public @Nullable KeyIssuer refuser(HttpResponse<byte[]> answer) {
        return answer.statusCode() == 401 ? KeyIssuer.SERVICE : null;
    }

    /** Source: "authorization on batch endpoints" article. */
    private static String refusal(By by) {
        return by == By.SERVICE
                ? " (give the identity the role AzureML Data Scientist on the workspace)"
                : onTheWay(by);
    }

    private static Reason reasonOfConflict(ManagedCall managedCall) {
        return managedCall == AzuremlCall.CREATE ? Reason.NAME_TAKEN : Reason.REQUEST;
    }

    private NotFound notFound(String message, AzuremlErrorBody error) {
        boolean address = error.by() != By.SERVICE
                || ADDRESS_CODES.contains(error.code())
                || error.message().contains("/workspaces/" + workspace + "'");
        String hint = address ? " (the address does not exist: " + messages.checkAddress() + ")" : "";
        return new NotFound(error.by(), message + hint + onTheWay(error.by()), address);
    }

    private static String onTheWay(By by) {
        return by == By.HOP ? " (by a proxy or firewall on the network path)" : "";
    }

    private String message(ManagedCall managedCall, int status, AzuremlErrorBody error) {
        String text = redaction.sanitize(error.message(), MESSAGE_LIMIT);
        return messages.label(managedCall)
                + status
                + (code(error).isEmpty() ? "" : " " + code(error))
                + (text.isEmpty() ? "" : ": " + text);
    }

    private String code(AzuremlErrorBody error) {
        return redaction.sanitize(error.code(), CODE_LIMIT);
    }
}
