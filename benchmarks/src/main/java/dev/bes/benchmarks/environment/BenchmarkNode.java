package dev.bes.benchmarks.environment;

import dev.bes.api.client.AcceptedRun;
import dev.bes.api.client.ApiException;
import dev.bes.api.client.OrchestratorClient;
import dev.bes.api.run.NewRunJson;
import dev.bes.benchmarks.stub.StubKind;
import dev.bes.testbench.process.FreePort;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.awaitility.Awaitility;
import org.springframework.core.io.FileSystemResource;
import tools.jackson.databind.json.JsonMapper;

/** One node of the orchestrator: the shipped jar, called by its REST API. */
public final class BenchmarkNode implements AutoCloseable {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Duration CONNECT = Duration.ofSeconds(30);
    private static final Duration TIMEOUT = Duration.ofMinutes(5);

    private final int port = FreePort.find();
    private final OrchestratorClient client =
            new OrchestratorClient(URI.create("http://127.0.0.1:" + port), CONNECT, TIMEOUT);
    private final Path log;
    private final ChildProcess process;

    /**
     * Starts it; it is not ready yet.
     *
     * @param name its name, unique among the processes of the part
     * @param heap size of its heap, as for {@code -Xmx}
     */
    public BenchmarkNode(
            String name, String heap, BenchmarkFolder folder, StubProcess remote, BenchmarkDatabase database) {
        this(name, heap, folder, remote.settings(StubKind.BES), database);
    }

    /** Starts it with further settings; it is not ready yet. */
    public BenchmarkNode(
            String name,
            String heap,
            BenchmarkFolder folder,
            StubProcess remote,
            BenchmarkDatabase database,
            Map<String, Object> more) {
        Map<String, Object> all = new LinkedHashMap<>(remote.settings(StubKind.BES));
        all.putAll(more);
        this(name, heap, folder, all, database);
    }

    /** Starts one that calls a kind of remote service; it is not ready yet. */
    public BenchmarkNode(
            String name, BenchmarkFolder folder, StubProcess remote, StubKind kind, BenchmarkDatabase database) {
        this(name, "1g", folder, remote.settings(kind), database);
    }

    private BenchmarkNode(
            String name, String heap, BenchmarkFolder folder, Map<String, Object> remote, BenchmarkDatabase database) {
        this.log = folder.log(name);
        ChildProcess.Command jar = new ChildProcess.Command(
                name,
                heap,
                List.of("-jar", folder.orchestratorJar().toString()),
                Map.of("SPRING_APPLICATION_JSON", JSON.writeValueAsString(settings(folder, remote, database))),
                List.of());
        this.process = ChildProcess.toLog(jar, log);
    }

    private Map<String, Object> settings(
            BenchmarkFolder folder, Map<String, Object> remote, BenchmarkDatabase database) {
        Map<String, Object> settings = new LinkedHashMap<>(remote);
        Path own = folder.own(database.owner());
        settings.put("server.port", port);
        settings.put("orchestrator.security.mode", "open");
        // no port of its own for monitoring: several nodes run on this machine
        settings.put("management.server.port", "");
        settings.put("spring.main.banner-mode", "off");
        settings.put("spring.datasource.url", database.url());
        settings.put("spring.datasource.username", database.user());
        settings.put("orchestrator.definitions", folder.definitions().toString());
        settings.put("orchestrator.trigger.drop-root", own.resolve("inbox").toString());
        settings.put(
                "orchestrator.trigger.upload-temp", own.resolve("upload-temp").toString());
        settings.put("orchestrator.pipeline.delivery-root", folder.delivered().toString());
        return settings;
    }

    /** Returns when it is ready. */
    public void awaitReady() {
        Awaitility.await()
                .atMost(Duration.ofMinutes(5))
                .pollInterval(Duration.ofMillis(100))
                .until(() -> !process.isAlive() || client.isReady());
        if (!process.isAlive()) {
            throw new BenchmarkFailure("The orchestrator did not start. See " + log);
        }
    }

    public long pid() {
        return process.pid();
    }

    /** A request to a path of its page or API, for what is measured to the last byte. */
    public HttpRequest.Builder request(String path) {
        return HttpRequests.request("http://127.0.0.1:" + port + path);
    }

    /** Asks for a run of a definition; its id. */
    public String ask(String definition) {
        return id(() -> client.request(NewRunJson.of(definition), null));
    }

    /** Asks for a run of a definition over a file that is sent along; its id. */
    public String ask(String definition, Path file) {
        Map<String, FileSystemResource> files = Map.of("input1", new FileSystemResource(file));
        return id(() -> client.request(NewRunJson.of(definition), files, null));
    }

    /** Requests a run over a file that is sent along, with an idempotency key. */
    public AcceptedRun request(String definition, Path file, String key) {
        return client.request(NewRunJson.of(definition), Map.of("input1", new FileSystemResource(file)), key);
    }

    private static String id(Supplier<AcceptedRun> request) {
        try {
            return Long.toString(request.get().id());
        } catch (ApiException e) {
            throw new BenchmarkFailure(String.valueOf(e.getMessage()), e);
        }
    }

    /** Kills it (SIGKILL). */
    public void kill() {
        process.kill();
    }

    @Override
    public void close() {
        client.close();
        process.close();
    }
}
