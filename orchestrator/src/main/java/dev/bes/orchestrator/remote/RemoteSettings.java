package dev.bes.orchestrator.remote;

import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What an environment says of the far side: {@code orchestrator.endpoints.<name>.*} and {@code orchestrator.blobs.*}.
 *
 * @param endpoints web services by name
 * @param blobs our container
 */
@ConfigurationProperties("orchestrator")
public record RemoteSettings(
        @DefaultValue Map<String, EndpointSettings> endpoints,
        @DefaultValue BlobSettings blobs) {

    /**
     * Checks every endpoint.
     *
     * @throws IllegalArgumentException naming the property that is missing or wrong
     */
    public RemoteSettings {
        endpoints = Map.copyOf(endpoints);
        endpoints.forEach((name, endpoint) -> endpoint.check(EndpointSettings.property(name, "")));
    }
}
