package dev.bes.benchmarks;

import dev.bes.benchmarks.stub.StubAddress;
import dev.bes.sandbox.postgres.PostgresServer;
import dev.bes.sandbox.process.FreePort;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import tools.jackson.databind.json.JsonMapper;

/** Ours: the orchestrator's own jar, asked by its REST API for one run over the whole workload. */
final class Orchestrator implements Candidate {

    static final String NAME = "ours";
    static final String DATABASE = "orchestrator";
    static final String SETTINGS = "as shipped, one run of all files, an endpoint without a limit of places";

    private static final Duration SELDOM = Duration.ofSeconds(5);
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String DEFINITION = """
            name: benchmark
            endpoint: stub
            inputs:
              input1:
                from: work/*.csv
                columns: [id, species]
            outputs:
              output1:
                rows: same
                columns: [id, species]
            delivery:
              folder: ${run.id}
            deadline: 4h
            """;

    private final HttpClient client = HttpClient.newHttpClient();
    private final BenchmarkFolder folder;
    private final Remote remote;
    private final int port = FreePort.find();
    private final Child process;
    private final long expected;
    private String run = "";
    private long asked;

    private Orchestrator(BenchmarkFolder folder, Remote remote, PostgresServer database, int size) {
        this.folder = folder;
        this.remote = remote;
        this.expected = size;
        Child.Command jar = new Child.Command(
                "The orchestrator",
                List.of("-jar", folder.orchestratorJar().toString()),
                Map.of("SPRING_APPLICATION_JSON", JSON.writeValueAsString(settings(remote.address(), database))),
                List.of());
        this.process = Child.silent(jar, folder.log("orchestrator"));
    }

    /** Starts it on an empty database, and returns when it is ready. */
    static Orchestrator start(BenchmarkFolder folder, Remote remote, PostgresServer database, Workload work) {
        try {
            Files.writeString(folder.definitions().resolve("benchmark.yaml"), DEFINITION);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Orchestrator orchestrator = new Orchestrator(folder, remote, database, work.size());
        Awaitility.await()
                .atMost(Duration.ofMinutes(2))
                .pollInterval(Duration.ofMillis(200))
                .until(() -> !orchestrator.process.isAlive() || orchestrator.isReady());
        if (!orchestrator.process.isAlive()) {
            throw new BenchmarkFailure("The orchestrator did not start; see " + folder.log("orchestrator"));
        }
        return orchestrator;
    }

    private Map<String, Object> settings(StubAddress stub, PostgresServer database) {
        Map<String, Object> settings = new LinkedHashMap<>(stub.settings());
        settings.put("server.port", port);
        settings.put("spring.main.banner-mode", "off");
        settings.put("spring.datasource.url", database.jdbcUrl(DATABASE));
        settings.put("spring.datasource.username", database.user());
        settings.put("orchestrator.definitions", folder.definitions().toString());
        settings.put(
                "orchestrator.trigger.drop-root", folder.root().resolve("inbox").toString());
        settings.put(
                "orchestrator.trigger.uploads", folder.root().resolve("uploads").toString());
        settings.put("orchestrator.pipeline.delivery-root", folder.delivered().toString());
        return settings;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public long pid() {
        return process.pid();
    }

    @Override
    public String database() {
        return DATABASE;
    }

    @Override
    public Path begin() {
        HttpResponse<String> answer = Http.send(
                client,
                request("/api/runs")
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString("{\"definition\": \"benchmark\"}"))
                        .build());
        if (answer.statusCode() != 201) {
            throw new BenchmarkFailure("POST /api/runs was answered with " + answer.statusCode() + answer.body());
        }
        asked = System.nanoTime();
        run = JSON.readTree(answer.body()).path("id").asString();
        return folder.delivered().resolve(run);
    }

    /** The API is asked seldom before the last output was fetched: its reads count as the service's work. */
    @Override
    public boolean isDone() {
        if (remote.calls("get blob") < expected && System.nanoTime() - asked < SELDOM.toNanos()) {
            return false;
        }
        asked = System.nanoTime();
        HttpResponse<String> answer =
                Http.send(client, request("/api/runs/" + run).build());
        String state = JSON.readTree(answer.body()).path("state").asString();
        if (state.equals("Failed") || state.equals("Cancelled")) {
            throw new BenchmarkFailure("The run ended as " + state);
        }
        return state.equals("Finished");
    }

    @Override
    public void close() {
        process.close();
        client.close();
    }

    private boolean isReady() {
        try {
            return client.send(request("/actuator/health/readiness").build(), BodyHandlers.discarding())
                            .statusCode()
                    == 200;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BenchmarkFailure("Interrupted while the orchestrator started", e);
        }
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofMinutes(2))
                .header("Accept", "application/json");
    }
}
