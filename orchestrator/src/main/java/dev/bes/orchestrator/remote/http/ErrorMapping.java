package dev.bes.orchestrator.remote.http;

import dev.bes.orchestrator.remote.RemoteException;
import java.net.http.HttpResponse;
import org.jspecify.annotations.Nullable;

/** What a service and its gateway mean by an answer other than 2xx; each kind of service has its own. */
public interface ErrorMapping {

    /** The exception that says what may be done next. */
    RemoteException of(ManagedCall managedCall, HttpResponse<byte[]> answer);

    /** Whose key was refused; null if none was, or nobody says. */
    @Nullable
    KeyIssuer refuser(HttpResponse<byte[]> answer);
}
