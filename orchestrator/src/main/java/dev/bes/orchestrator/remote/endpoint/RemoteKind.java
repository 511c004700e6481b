package dev.bes.orchestrator.remote.endpoint;

import dev.bes.orchestrator.remote.InvalidSetting;
import dev.bes.orchestrator.remote.settings.EndpointSettings;

/**
 * A kind of remote service. Each kind is a bean in a package beside this one; no other code refers to it.
 */
public interface RemoteKind {

    /** The value of {@code orchestrator.endpoints.<name>.kind}. */
    String name();

    /**
     * Opens an endpoint of this kind. Makes no call.
     *
     * @param endpoint name of the endpoint
     * @throws InvalidSetting if a setting of this kind is missing or wrong
     */
    RemoteEndpoint open(String endpoint, EndpointSettings settings);
}
