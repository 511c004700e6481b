package dev.bes.testbench.chaos.environment;

import dev.bes.api.backfill.NewBackfillJson;
import dev.bes.api.client.ApiException;
import dev.bes.api.client.OrchestratorClient;
import dev.bes.api.run.NewRunJson;
import dev.bes.api.run.RunJson;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.springframework.core.io.FileSystemResource;

/**
 * The REST API of the nodes. A missing answer is an expected result, not an error: what a node refuses and what it leaves
 * unanswered are alike not acknowledged.
 */
public final class NodeApi implements AutoCloseable {

    private static final Duration CONNECT = Duration.ofSeconds(2);
    private static final Duration TIMEOUT = Duration.ofSeconds(8);
    private static final int NEWEST = 50;

    private final Map<URI, OrchestratorClient> clients = new ConcurrentHashMap<>();

    /** Whether a node reports that it is ready. */
    public boolean isReady(URI node) {
        return client(node).isReady();
    }

    /** Requests a run with a file; the id of the run, if the node accepted it in time. */
    public OptionalLong requestRun(URI node, String definition, Path file, String key, Duration timeout) {
        Map<String, FileSystemResource> files = Map.of("input1", new FileSystemResource(file));
        return answer(() -> client(node).withTimeout(timeout).request(NewRunJson.of(definition), files, key))
                .map(accepted -> OptionalLong.of(accepted.id()))
                .orElseGet(OptionalLong::empty);
    }

    /** Starts a backfill of a schedule over some years; true if the node accepted it. */
    public boolean backfill(URI node, String definition, String schedule, int firstYear, int lastYear) {
        NewBackfillJson backfill = new NewBackfillJson(
                definition, schedule, firstYear + "-01-01", lastYear + "-12-31", null, null, 100, null, null);
        return answer(() -> client(node).api().startBackfill(backfill)).isPresent();
    }

    /** Cancels a run; true if the node accepted the cancellation. */
    public boolean cancel(URI node, long run) {
        return answer(() -> client(node).api().cancel(run)).isPresent();
    }

    /** The unfinished runs among the newest 50; none when the node does not answer. */
    public List<Long> liveRuns(URI node) {
        return answer(() -> client(node).api().runs(null, null, null, NEWEST))
                .map(page -> page.runs().stream()
                        .filter(run -> run.endedAt() == null)
                        .map(RunJson::id)
                        .toList())
                .orElseGet(List::of);
    }

    /** The body of an answer whatever its status, if the node answers. */
    public Optional<String> page(URI node, String path) {
        try {
            return Optional.of(client(node).text(path));
        } catch (ApiException e) {
            return e.isAnswered() ? Optional.of(e.body()) : Optional.empty();
        }
    }

    /** Requests the list of runs; completes with or without an answer. */
    public CompletableFuture<Void> requestRunList(URI node) {
        return CompletableFuture.runAsync(
                () -> answer(() -> client(node).api().runs(null, null, null, null)), Thread::startVirtualThread);
    }

    @Override
    public void close() {
        clients.values().forEach(OrchestratorClient::close);
    }

    private OrchestratorClient client(URI node) {
        return clients.computeIfAbsent(node, url -> new OrchestratorClient(url, CONNECT, TIMEOUT));
    }

    private static <T> Optional<T> answer(Supplier<T> call) {
        try {
            return Optional.of(call.get());
        } catch (ApiException e) {
            return Optional.empty();
        }
    }
}
