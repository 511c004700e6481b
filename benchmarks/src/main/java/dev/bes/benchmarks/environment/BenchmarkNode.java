package dev.bes.benchmarks.environment;

import dev.bes.testbench.process.FreePort;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import tools.jackson.databind.json.JsonMapper;

/** One node of the orchestrator: the shipped jar, called by its REST API. */
public final class BenchmarkNode implements AutoCloseable {

    private static final String BOUNDARY = "benchmark";
    private static final JsonMapper JSON = JsonMapper.shared();

    private final int port = FreePort.find();
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
        this.log = folder.log(name);
        ChildProcess.Command jar = new ChildProcess.Command(
                name,
                heap,
                List.of("-jar", folder.orchestratorJar().toString()),
                Map.of("SPRING_APPLICATION_JSON", JSON.writeValueAsString(settings(folder, remote, database))),
                List.of());
        this.process = ChildProcess.toLog(jar, log);
    }

    private Map<String, Object> settings(BenchmarkFolder folder, StubProcess remote, BenchmarkDatabase database) {
        Map<String, Object> settings = new LinkedHashMap<>(remote.settings());
        Path own = folder.own(database.owner());
        settings.put("server.port", port);
        settings.put("spring.main.banner-mode", "off");
        settings.put("spring.datasource.url", database.url());
        settings.put("spring.datasource.username", database.user());
        settings.put("orchestrator.definitions", folder.definitions().toString());
        settings.put("orchestrator.trigger.drop-root", own.resolve("inbox").toString());
        settings.put("orchestrator.trigger.uploads", own.resolve("uploads").toString());
        settings.put("orchestrator.trigger.incoming", own.resolve("incoming").toString());
        settings.put("orchestrator.pipeline.delivery-root", folder.delivered().toString());
        return settings;
    }

    /** Returns when it is ready. */
    public void awaitReady() {
        Awaitility.await()
                .atMost(Duration.ofMinutes(2))
                .pollInterval(Duration.ofMillis(100))
                .until(() -> !process.isAlive() || HttpRequests.isOk(request("/actuator/health/readiness")));
        if (!process.isAlive()) {
            throw new BenchmarkFailure("The orchestrator did not start. See " + log);
        }
    }

    public long pid() {
        return process.pid();
    }

    /** A request to a path of its page or API. */
    public HttpRequest.Builder request(String path) {
        return HttpRequests.request("http://127.0.0.1:" + port + path);
    }

    /** Asks for a run of a definition; its id. */
    public String ask(String definition) {
        return id(request("/api/runs")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"definition\": \"%s\"}".formatted(definition))));
    }

    /** Asks for a run of a definition over a file that is sent along; its id. */
    public String ask(String definition, Path file) {
        try {
            String form = """
                    --%1$s\r
                    Content-Disposition: form-data; name="definition"\r
                    \r
                    %2$s\r
                    --%1$s\r
                    Content-Disposition: form-data; name="input1"; filename="%3$s"\r
                    \r
                    %4$s\r
                    --%1$s--\r
                    """.formatted(BOUNDARY, definition, file.getFileName(), Files.readString(file));
            return id(request("/api/runs")
                    .header("Content-Type", "multipart/form-data; boundary=" + BOUNDARY)
                    .POST(BodyPublishers.ofString(form)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String id(HttpRequest.Builder request) {
        return JSON.readTree(HttpRequests.body(request)).path("id").asString();
    }

    /** Kills it (SIGKILL). */
    public void kill() {
        process.kill();
    }

    @Override
    public void close() {
        process.close();
    }
}
