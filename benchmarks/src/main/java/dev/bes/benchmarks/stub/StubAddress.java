package dev.bes.benchmarks.stub;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Where the stub is, as an environment tells the orchestrator of its remote side. Its keys are worth nothing.
 *
 * @param kind kind of the one endpoint
 */
public record StubAddress(URI url, StubKind kind) {

    /** Name of the one endpoint. */
    public static final String ENDPOINT = "stub";

    static final String KEY = "YmVuY2htYXJrLW9mLXRoZS1vcmNoZXN0cmF0b3I=";

    /** An endpoint of kind BES. */
    public StubAddress(URI url) {
        this(url, StubKind.BES);
    }

    /** Settings by property name. Jobs have no limit, since no service here has a queue to wait in. */
    public Map<String, Object> settings() {
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("orchestrator.blobs.connection-string", connectionString());
        kind.settings(url.toString())
                .forEach((name, value) -> settings.put("orchestrator.endpoints." + ENDPOINT + "." + name, value));
        settings.put("orchestrator.endpoints." + ENDPOINT + ".max-concurrent-jobs", 0);
        return settings;
    }

    /** The same for who calls through the gateway. */
    public Map<String, Object> settings(StubLimits limits) {
        Map<String, Object> settings = new LinkedHashMap<>(settings());
        String endpoint = "orchestrator.endpoints." + ENDPOINT + ".";
        settings.put(endpoint + "url", url + "/" + ManagedApi.SUFFIX + ManagedApi.SERVICE);
        settings.put(endpoint + "subscription-key", StubLimits.KEY);
        settings.put(endpoint + "max-concurrent-jobs", 40);
        settings.put(endpoint + "rate-limit", limits.rateLimit());
        settings.put(endpoint + "quota", limits.quotaLimit());
        return settings;
    }

    /** What the Azure SDK is told of the blobs. */
    public String connectionString() {
        return "DefaultEndpointsProtocol=http;AccountName=blobs;AccountKey=" + KEY + ";BlobEndpoint=" + url
                + Stub.ACCOUNT + ";";
    }
}
