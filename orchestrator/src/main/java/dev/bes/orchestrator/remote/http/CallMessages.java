package dev.bes.orchestrator.remote.http;

import static dev.bes.orchestrator.remote.settings.EndpointSettings.property;

import dev.bes.orchestrator.remote.Redaction;
import dev.bes.orchestrator.remote.RemoteException.Unavailable;
import java.net.ConnectException;

/** Writes the messages about failed calls to one endpoint: the call, the answer and the setting to check, without secrets. */
public final class CallMessages {
    private static final int MESSAGE_LIMIT = 500;

    private final String endpoint;
    private final String addressSetting;
    private final Redaction redaction;

    /** Messages about this endpoint, whose address is in the setting {@code url}. */
    public CallMessages(String endpoint, Redaction redaction) {
        this(endpoint, "url", redaction);
    }

    /** Messages about this endpoint, whose address is in another setting. */
    public CallMessages(String endpoint, String addressSetting, Redaction redaction) {
        this.endpoint = endpoint;
        this.addressSetting = addressSetting;
        this.redaction = redaction;
    }

    /** The outcome is unknown: no answer came, or it could not be read. */
    public Unavailable unavailable(ManagedCall managedCall, String what) {
        return new Unavailable(label(managedCall) + sanitize(what));
    }

    /** The outcome is unknown because of an exception. */
    public Unavailable unavailable(ManagedCall managedCall, Throwable cause) {
        if (cause instanceof ConnectException) {
            return new Unavailable(label(managedCall) + "cannot connect (" + checkAddress() + " and the network)", cause);
        }
        String reason = cause.getMessage() == null ? "" : ": " + cause.getMessage();
        return new Unavailable(label(managedCall) + sanitize(cause.getClass().getSimpleName() + reason), cause);
    }

    /** Starts a message: endpoint and call. */
    public String label(ManagedCall managedCall) {
        return "Endpoint " + endpoint + ", " + managedCall.displayName() + ": ";
    }

    /** A hint to check the setting that holds the address. */
    public String checkAddress() {
        return check(addressSetting);
    }

    /** A hint to check a setting of the endpoint. */
    public String check(String property) {
        return "check " + property(endpoint, property);
    }

    private String sanitize(String text) {
        return redaction.sanitize(text, MESSAGE_LIMIT);
    }
}
