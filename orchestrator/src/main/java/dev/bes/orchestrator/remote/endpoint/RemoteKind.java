package dev.bes.orchestrator.remote.endpoint;

import dev.bes.orchestrator.remote.InvalidSetting;
import dev.bes.orchestrator.remote.settings.EndpointSettings;

/**
 * A kind of remote service that endpoints may be of. Each kind is a bean, and a package below this one: nothing else has to
 * know of it.
 */
public interface RemoteKind {

    /** The value of {@code orchestrator.endpoints.<name>.kind}. */
    String name();

    /**
     * Makes the way to an endpoint of this kind; no call is made.
     *
     * @param endpoint name of the endpoint
     * @throws InvalidSetting if a setting that this kind needs is missing or wrong
     */
    RemoteEndpoint open(String endpoint, EndpointSettings settings);
}
