package dev.bes.testbench.demo.environment;

import dev.bes.sandbox.Sandbox;
import java.util.LinkedHashMap;
import java.util.Map;

/** The settings of the orchestrator: database, blob store, one endpoint, folders. */
final class DemoNodeSettings {

    private DemoNodeSettings() {}

    /** The settings by property name; some values are secrets. */
    static Map<String, Object> of(DemoFolder folder, DemoPostgres postgres, Sandbox sandbox, int port) {
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("server.port", port);
        settings.put("orchestrator.security.mode", "open");
        // no port of its own for monitoring: several nodes run on this machine
        settings.put("management.server.port", "");
        settings.put("spring.main.banner-mode", "off");
        settings.put("spring.datasource.url", postgres.jdbcUrl());
        settings.put("spring.datasource.username", postgres.user());
        settings.put("orchestrator.blobs.connection-string", sandbox.blobConnectionString());
        settings.putAll(folder.kind().endpoint(sandbox));
        settings.put("orchestrator.definitions", folder.definitions().toString());
        settings.put("orchestrator.trigger.drop-root", folder.inbox().toString());
        settings.put("orchestrator.trigger.upload-temp", folder.uploadTemp().toString());
        settings.put("orchestrator.pipeline.delivery-root", folder.delivered().toString());
        return settings;
    }
}
