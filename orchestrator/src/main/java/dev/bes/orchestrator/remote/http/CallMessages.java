package dev.bes.orchestrator.remote.http;

import static dev.bes.orchestrator.remote.settings.EndpointSettings.property;

import dev.bes.orchestrator.remote.Redaction;
import dev.bes.orchestrator.remote.RemoteException.Unavailable;
import java.net.ConnectException;

/** What is said of the calls to one endpoint: which call, what came, which setting to look at, and no secret. */
public final class CallMessages {
    private static final int MESSAGE_LIMIT = 500;

    private final String endpoint;
    private final Redaction redaction;

    /** Messages about that endpoint. */
    public CallMessages(String endpoint, Redaction redaction) {
        this.endpoint = endpoint;
        this.redaction = redaction;
    }

    /** The answer made no sense, or none came. */
    public Unavailable unavailable(ManagedCall managedCall, String what) {
        return new Unavailable(label(managedCall) + tidy(what));
    }

    /** No answer came, for a cause. */
    public Unavailable unavailable(ManagedCall managedCall, Throwable cause) {
        if (cause instanceof ConnectException) {
            return new Unavailable(label(managedCall) + "it can't be reached (" + check("url") + ")", cause);
        }
        String said = cause.getMessage() == null ? "" : ": " + cause.getMessage();
        return new Unavailable(label(managedCall) + tidy(cause.getClass().getSimpleName() + said), cause);
    }

    /** The beginning of a message. */
    public String label(ManagedCall managedCall) {
        return "Endpoint " + endpoint + ", " + managedCall.word() + ": ";
    }

    /** A hint to look at a setting of the endpoint. */
    public String check(String property) {
        return "check " + property(endpoint, property);
    }

    private String tidy(String text) {
        return redaction.tidy(text, MESSAGE_LIMIT);
    }
}
