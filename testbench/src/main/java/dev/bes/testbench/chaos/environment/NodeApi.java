package dev.bes.testbench.chaos.environment;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.bes.sandbox.http.Multipart;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.stream.StreamSupport;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** The REST API of the nodes. A missing answer is an expected result, not an error. */
public final class NodeApi implements AutoCloseable {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Duration TIMEOUT = Duration.ofSeconds(8);
    private static final int SUCCESS = 2;

    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();

    /** Whether a node reports that it is ready. */
    public boolean isReady(URI node) {
        return send(get(node, "/actuator/health/readiness", TIMEOUT))
                .filter(answer -> answer.statusCode() == 200)
                .isPresent();
    }

    /** Requests a run with a file; the id of the run, if the node accepted it in time. */
    public OptionalLong requestRun(URI node, String definition, Path file, String key, Duration timeout) {
        Multipart form = Multipart.of("definition", definition, "input1", file);
        HttpRequest request = HttpRequest.newBuilder(node.resolve("/api/runs"))
                .timeout(timeout)
                .header("Content-Type", form.contentType())
                .header("Idempotency-Key", key)
                .POST(form.body())
                .build();
        return send(request)
                .filter(NodeApi::isSuccess)
                .map(answer ->
                        OptionalLong.of(JSON.readTree(answer.body()).path("id").asLong()))
                .orElseGet(OptionalLong::empty);
    }

    /** Cancels a run; true if the node accepted the cancellation. */
    public boolean cancel(URI node, long run) {
        HttpRequest request = HttpRequest.newBuilder(node.resolve("/api/runs/" + run + "/cancel"))
                .timeout(TIMEOUT)
                .POST(HttpRequest.BodyPublishers.noBody())
                .build();
        return send(request).filter(NodeApi::isSuccess).isPresent();
    }

    /** The unfinished runs among the newest 50; none when the node does not answer. */
    public List<Long> liveRuns(URI node) {
        return send(get(node, "/api/runs?limit=50", TIMEOUT))
                .filter(NodeApi::isSuccess)
                .map(answer -> StreamSupport.stream(
                                JSON.readTree(answer.body()).path("runs").spliterator(), false)
                        .filter(run -> run.path("endedAt").isMissingNode()
                                || run.path("endedAt").isNull())
                        .map(run -> run.path("id").asLong())
                        .toList())
                .orElseGet(List::of);
    }

    /** The body of an answer, if the node answers. */
    public Optional<String> page(URI node, String path) {
        return send(get(node, path, TIMEOUT)).map(HttpResponse::body);
    }

    /** Requests the list of runs; completes with or without an answer. */
    public CompletableFuture<Void> requestRunList(URI node) {
        return client.sendAsync(get(node, "/api/runs", TIMEOUT), BodyHandlers.discarding())
                .handle((answer, failure) -> null);
    }

    @Override
    public void close() {
        client.shutdownNow();
    }

    private static HttpRequest get(URI node, String path, Duration timeout) {
        return HttpRequest.newBuilder(node.resolve(path))
                .timeout(timeout)
                .header("Accept", "application/json, text/html")
                .build();
    }

    private static boolean isSuccess(HttpResponse<String> answer) {
        return answer.statusCode() / 100 == SUCCESS;
    }

    private Optional<HttpResponse<String>> send(HttpRequest request) {
        try {
            return Optional.of(client.send(request, BodyHandlers.ofString(UTF_8)));
        } catch (IOException | JacksonException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
