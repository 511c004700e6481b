package dev.bes.testbench.demo.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.bes.sandbox.http.Multipart;
import dev.bes.testbench.demo.environment.DemoFailure;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.StreamSupport;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** The REST API of the orchestrator, called as by any client. */
public final class RunsApi {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private final URI url;

    public RunsApi(URI url) {
        this.url = url;
    }

    /**
     * The answer to a request for a run.
     *
     * @param run its id
     * @param replayed whether it was there already
     */
    public record Accepted(long run, boolean replayed) {

        public String shown() {
            return "run " + run + (replayed ? ", known already" : ", new");
        }
    }

    /** Whether the service is ready; false if it does not answer. */
    public boolean isReady() {
        try {
            return client.send(get("/actuator/health/readiness"), BodyHandlers.discarding())
                            .statusCode()
                    == 200;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DemoFailure("Interrupted while waiting for the orchestrator", e);
        }
    }

    /** All runs of the shipped definition with all details, oldest first. */
    public List<RunDetail> runs() {
        String list = body("/api/runs?definition=birdstrikes");
        return StreamSupport.stream(JSON.readTree(list).path("runs").spliterator(), false)
                .map(run -> run.path("id").asLong())
                .sorted()
                .map(this::run)
                .toList();
    }

    /** One run. */
    RunDetail run(long id) {
        String body = body("/api/runs/" + id);
        try {
            return JSON.readValue(body, RunDetail.class);
        } catch (JacksonException e) {
            throw new DemoFailure("The orchestrator's answer about run " + id + " is not understood", e);
        }
    }

    /** Requests a run with a file. */
    public Accepted request(String definition, Path file, String key) {
        Multipart form = Multipart.of("definition", definition, "input1", file);
        HttpResponse<String> response = send(HttpRequest.newBuilder(url.resolve("/api/runs"))
                .timeout(TIMEOUT)
                .header("Content-Type", form.contentType())
                .header("Idempotency-Key", key)
                .POST(form.body())
                .build());
        if (response.statusCode() / 100 != 2) {
            throw new DemoFailure("POST /api/runs was answered with " + response.statusCode() + ": " + response.body());
        }
        return new Accepted(
                JSON.readTree(response.body()).path("id").asLong(),
                response.headers().firstValue("Idempotency-Replayed").isPresent());
    }

    /** The body of an answer. */
    public String body(String path) {
        HttpResponse<String> response = send(get(path));
        if (response.statusCode() != 200) {
            throw new DemoFailure("GET " + path + " was answered with " + response.statusCode());
        }
        return response.body();
    }

    private HttpRequest get(String path) {
        return HttpRequest.newBuilder(url.resolve(path))
                .timeout(TIMEOUT)
                .header("Accept", "application/json")
                .build();
    }

    private HttpResponse<String> send(HttpRequest request) {
        try {
            return client.send(request, BodyHandlers.ofString(UTF_8));
        } catch (IOException e) {
            throw new DemoFailure(
                    "The orchestrator does not answer " + request.uri().getPath() + ": " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DemoFailure("Interrupted", e);
        }
    }
}
