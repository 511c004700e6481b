package dev.bes.orchestrator.remote.http;

import dev.bes.orchestrator.remote.RemoteException;
import java.net.http.HttpResponse;
import org.jspecify.annotations.Nullable;

/** Maps answers other than 2xx to exceptions. Each kind of service has its own mapping. */
public interface ErrorMapping {

    /** The exception that says what may be done next. */
    RemoteException of(ManagedCall managedCall, HttpResponse<byte[]> answer);

    /** The issuer whose key was refused; null if no key was, or the answer does not show it. */
    @Nullable
    KeyIssuer refuser(HttpResponse<byte[]> answer);
}
