package dev.bes.orchestrator;

import static org.awaitility.Awaitility.await;

import dev.bes.orchestrator.run.Actor;
import dev.bes.orchestrator.run.query.RunFilter;
import dev.bes.orchestrator.run.query.RunReader;
import dev.bes.orchestrator.run.query.RunView;
import dev.bes.orchestrator.trigger.request.RequestFile.Upload;
import dev.bes.orchestrator.trigger.request.RequestTrigger;
import dev.bes.orchestrator.trigger.request.RequestTrigger.Request;
import dev.bes.sandbox.Sandbox;
import dev.bes.sandbox.batchendpoints.token.TokenAuthority;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** A node of the service in this JVM, on real parts, with folders of its own. */
public final class OrchestratorNode implements AutoCloseable {
    private final URI url;
    private final @Nullable String monitoringPort;
    /** Let go at the end: fields of test classes live as long as the JVM, and a context takes 15 MB. */
    private volatile @Nullable ConfigurableApplicationContext running;

    private OrchestratorNode(ConfigurableApplicationContext context) {
        this.running = context;
        this.url = loopback(context.getEnvironment().getProperty("local.server.port"));
        this.monitoringPort = context.getEnvironment().getProperty("local.management.port");
    }

    private static URI loopback(@Nullable String port) {
        return URI.create("http://127.0.0.1:" + Objects.requireNonNull(port));
    }

    private ConfigurableApplicationContext context() {
        return Objects.requireNonNull(running, "the node has been closed");
    }

    /** Starts a node over a database; the properties win over the ones of the test. */
    public static OrchestratorNode start(Path folder, String database, Map<String, String> properties) {
        Map<String, Object> all = new LinkedHashMap<>(defaults(folder, database));
        all.putAll(properties);
        return start(all);
    }

    /** Starts a node with these settings and no others. */
    public static OrchestratorNode start(Map<String, Object> all) {
        // system-property-like precedence, so that a test can override what application.yml says
        String[] args = all.entrySet().stream()
                .map(e -> "--" + e.getKey() + "=" + e.getValue())
                .toArray(String[]::new);
        return new OrchestratorNode(new SpringApplicationBuilder(OrchestratorApplication.class).run(args));
    }

    /** The settings of a node on real parts, with short waits. */
    public static Map<String, Object> defaults(Path folder, String database) {
        Sandbox sandbox = TestEnvironment.sandbox();
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("server.port", 0);
        all.put("orchestrator.security.mode", "open");
        // no port of its own for monitoring: several nodes run on this machine
        all.put("management.server.port", "");
        all.put("spring.main.banner-mode", "off");
        all.put("spring.datasource.url", database);
        all.put("orchestrator.definitions", folder.resolve("definitions"));
        all.put("orchestrator.pipeline.delivery-root", folder.resolve("delivered"));
        all.put("orchestrator.trigger.drop-root", folder.resolve("inbox"));
        all.put("orchestrator.trigger.upload-temp", folder.resolve("upload-temp"));
        all.put("orchestrator.trigger.scan-interval", "100ms");
        all.put("orchestrator.trigger.container-interval", "100ms");
        all.put("orchestrator.pipeline.idle-interval", "50ms");
        all.put("orchestrator.pipeline.poll-min", "100ms");
        all.put("orchestrator.pipeline.output-wait", "2s");
        all.put("orchestrator.blobs.connection-string", sandbox.blobConnectionString());
        all.putAll(endpoint("feature-hashing", "SimpleFeatureHashingExperiment"));
        all.putAll(endpoint("always-fails", "AlwaysFails"));
        all.putAll(endpoint("never-writes", "NeverWrites"));
        all.putAll(endpoint("hangs", "HangsForever"));
        return all;
    }

    /** The properties of an endpoint that reaches a service of the sandbox through the managed API. */
    public static Map<String, Object> endpoint(String name, String service) {
        Sandbox sandbox = TestEnvironment.sandbox();
        String prefix = "orchestrator.endpoints." + name + ".";
        return Map.of(
                prefix + "url",
                        sandbox.managedUrl().toString()
                                + sandbox.service(service).path(),
                prefix + "service-key", sandbox.service(service).apiKey(),
                prefix + "subscription-key", sandbox.subscription("unlimited").primaryKey());
    }

    /**
     * The properties of an endpoint of Azure Machine Learning that reaches a service of the sandbox.
     *
     * @param mode value of the setting {@code azureml.mode}
     * @param container where our blobs are
     */
    public static Map<String, Object> azureml(String name, String service, String mode, String container) {
        return azureml(TestEnvironment.sandbox(), name, service, mode, container);
    }

    /** The same for a sandbox of its own. */
    public static Map<String, Object> azureml(
            Sandbox sandbox, String name, String service, String mode, String container) {
        String prefix = "orchestrator.endpoints." + name + ".azureml.";
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("orchestrator.endpoints." + name + ".kind", "azureml");
        all.put(prefix + "mode", mode);
        all.put(prefix + "subscription", "0b1f6471-1bf0-4dda-aec3-111122223333");
        all.put(prefix + "resource-group", "rg-ml");
        all.put(prefix + "workspace", "ws-ml");
        all.put(prefix + "datastore", container.replace('-', '_'));
        all.put(prefix + "component", "/subscriptions/s/components/" + service + "/versions/1");
        all.put(prefix + "compute", "cluster");
        all.put(prefix + "endpoint", service);
        all.put(prefix + "scoring-uri", sandbox.directUrl() + "/batchEndpoints/" + service + "/jobs");
        all.put(prefix + "arm-url", sandbox.directUrl());
        all.put(prefix + "data-plane-url", sandbox.directUrl());
        all.put(prefix + "identity.credential", "client-secret");
        all.put(prefix + "identity.tenant", "contoso.example");
        all.put(prefix + "identity.client-id", TokenAuthority.CLIENT_ID);
        all.put(prefix + "identity.client-secret", sandbox.managementToken());
        all.put(prefix + "identity.authority-url", sandbox.directUrl());
        return all;
    }

    /** A part of the node. */
    public <T> T part(Class<T> type) {
        return context().getBean(type);
    }

    /** Whether the node has such a part. */
    public boolean has(Class<?> type) {
        return context().getBeanNamesForType(type).length > 0;
    }

    /** Requests a run with files by input, and waits for its end. */
    public RunView score(String definition, Map<String, Upload> files) {
        return ended(request(definition, files));
    }

    /** Requests a run with files by input. */
    public long request(String definition, Map<String, Upload> files) {
        return part(RequestTrigger.class)
                .accept(new Request(definition, null, Map.of(), files, Actor.ANONYMOUS))
                .id();
    }

    /** Waits for the end of a run. */
    public RunView ended(long run) {
        RunReader reader = part(RunReader.class);
        return await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(50))
                .until(() -> reader.find(run).orElseThrow(), r -> r.state().ended());
    }

    /** Waits until the newest run of a definition has ended. */
    public RunView newestEnded(String definition) {
        RunReader reader = part(RunReader.class);
        List<RunView> runs = await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(50))
                .until(() -> reader.list(RunFilter.ALL.of(definition), 1), list -> !list.isEmpty());
        return ended(runs.getFirst().id());
    }

    /** Where the node answers. */
    public URI url() {
        return url;
    }

    /** Where it shows metrics, if that is a port of its own ({@code management.server.port} 0). */
    public URI monitoringUrl() {
        return loopback(monitoringPort);
    }

    @Override
    public void close() {
        ConfigurableApplicationContext context = running;
        if (context != null) {
            context.close();
            running = null;
        }
    }
}
