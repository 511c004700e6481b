package dev.bes.orchestrator.remote.http;

import dev.bes.orchestrator.remote.Secret;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The keys that calls carry. */
public interface CallKeys {

    /**
     * The keys in use by issuer.
     *
     * @throws dev.bes.orchestrator.remote.RemoteException if there is none, so that the call cannot be sent
     */
    Map<KeyIssuer, Secret> inUse();

    /** Switches from a refused key to another one, unless another call already has; returns whether another key is in use now. */
    boolean switchKey(KeyIssuer keyIssuer, @Nullable Secret refused);
}
