package dev.bes.orchestrator.remote.settings;

import dev.bes.orchestrator.remote.InvalidSetting;
import dev.bes.orchestrator.remote.Secret;
import dev.bes.orchestrator.remote.blob.BlobReference;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The settings of remote services: {@code orchestrator.endpoints.<name>.*} and {@code orchestrator.blobs.*}.
 *
 * @param endpoints web services by name
 * @param blobs our container and other stores
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
        checkLimits(new TreeMap<>(endpoints));
        checkReferences(new TreeMap<>(endpoints), blobs);
    }

    private static void checkReferences(Map<String, EndpointSettings> endpoints, BlobSettings blobs) {
        endpoints.forEach((name, endpoint) -> {
            if (endpoint.blobReference() == BlobReference.Form.CONNECTION_STRING && blobs.connectionString() == null) {
                throw new InvalidSetting(
                        EndpointSettings.property(name, "blob-reference"),
                        "is connection-string, but the identity of this machine has none to hand over: leave this setting"
                                + " out, or replace orchestrator.blobs.account-url by orchestrator.blobs.connection-string");
            }
        });
    }

    /** Endpoints with the same subscription key must have the same limits, since the limits are the subscription's. */
    private static void checkLimits(Map<String, EndpointSettings> endpoints) {
        Map<Secret, String> keys = new HashMap<>();
        endpoints.forEach((name, endpoint) -> {
            Secret key = endpoint.subscriptionKey();
            String first = key == null ? name : keys.computeIfAbsent(key, none -> name);
            EndpointSettings other = endpoints.getOrDefault(first, endpoint);
            if (!endpoint.limits().equals(other.limits())) {
                throw new IllegalArgumentException(
                        "%s and %s have the same subscription key, so set the same rate-limit and quota for both"
                                .formatted(
                                        EndpointSettings.property(first, "*"), EndpointSettings.property(name, "*")));
            }
        });
    }
}
