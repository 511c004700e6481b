package dev.bes.testbench.chaos.environment;

import dev.bes.sandbox.Sandbox;
import java.util.LinkedHashMap;
import java.util.Map;

/** The settings of a node: remote systems through its proxies, and short times, so that much happens in a minute. */
public record ChaosNodeSettings(
        ChaosKind kind, ChaosFolder folder, Sandbox sandbox, NodeProxies proxies, int callbackPort) {

    /** The blob store whose blobs become runs, and its container. */
    public static final String LAKE = "lake";

    private static final String CALLBACK_SECRET = "Y2FuYXJ5LW9mLXRoZS1jYWxsYmFja3MtNGYxYTdi";

    public static final int LEASE_SECONDS = 6;
    public static final int POLL_LEAST_MILLIS = 300;
    public static final int POLL_MOST_MILLIS = 5000;

    /** The settings by property name; some values are secrets. */
    Map<String, Object> all() {
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("spring.main.banner-mode", "off");
        // no port of its own for monitoring: several nodes run on this machine
        settings.put("management.server.port", "");
        database(settings);
        settings.putAll(endpoints().all());
        blobs(settings);
        settings.put("orchestrator.definitions", folder.definitions().toString());
        settings.put("orchestrator.trigger.drop-root", folder.inbox().toString());
        settings.put("orchestrator.trigger.scan-interval", "500ms");
        settings.put("orchestrator.trigger.container-interval", "500ms");
        settings.put("orchestrator.callbacks.allow", "http://127.0.0.1:" + callbackPort);
        settings.put("orchestrator.callbacks.secret", "whsec_" + CALLBACK_SECRET);
        settings.put("orchestrator.callbacks.first-retry", "1s");
        settings.put("orchestrator.callbacks.timeout", "2s");
        settings.put("orchestrator.pipeline.delivery-root", folder.outputDisk().toString());
        settings.put("orchestrator.pipeline.lease", LEASE_SECONDS + "s");
        settings.put("orchestrator.pipeline.poll-min", POLL_LEAST_MILLIS + "ms");
        settings.put("orchestrator.pipeline.poll-max", POLL_MOST_MILLIS + "ms");
        settings.put("orchestrator.pipeline.start-grace", "5s");
        settings.put("orchestrator.pipeline.output-wait", "10s");
        settings.put("orchestrator.files.stuck-timeout", "5s");
        settings.put("orchestrator.files.check-interval", "2s");
        settings.put("orchestrator.files.response-timeout", "3s");
        return settings;
    }

    /** All values that no node may show, by name. */
    Map<String, String> secrets() {
        Map<String, String> secrets = new LinkedHashMap<>(endpoints().secrets());
        secrets.put("password of the database", ChaosDatabase.PASSWORD);
        secrets.put("secret of the callbacks", CALLBACK_SECRET);
        secrets.put(
                "key of the storage account",
                sandbox.blobConnectionString().replaceAll(".*AccountKey=([^;]*).*", "$1"));
        return secrets;
    }

    private EndpointProperties endpoints() {
        return new EndpointProperties(kind, sandbox, proxies);
    }

    private void database(Map<String, Object> settings) {
        settings.put(
                "spring.datasource.url",
                "jdbc:postgresql://127.0.0.1:%d/%s"
                        .formatted(proxies.proxy(Link.DATABASE).port(), ChaosDatabase.NAME));
        settings.put("spring.datasource.username", ChaosDatabase.USER);
        settings.put("orchestrator.security.mode", "open");
        settings.put("spring.datasource.password", ChaosDatabase.PASSWORD);
        settings.put("spring.datasource.hikari.maximum-pool-size", 8);
        settings.put("spring.datasource.hikari.data-source-properties.socketTimeout", 10);
    }

    private void blobs(Map<String, Object> settings) {
        String blobs = sandbox.blobConnectionString()
                .replaceAll(
                        "127\\.0\\.0\\.1:\\d+",
                        "127.0.0.1:" + proxies.proxy(Link.BLOBS).port());
        settings.put("orchestrator.blobs.connection-string", blobs);
        settings.put("orchestrator.blobs.stores." + LAKE + ".connection-string", blobs);
        settings.put("orchestrator.blobs.stores." + LAKE + ".container", LAKE);
    }
}
