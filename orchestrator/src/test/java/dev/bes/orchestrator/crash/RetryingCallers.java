package dev.bes.orchestrator.crash;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import dev.bes.api.backfill.NewBackfillJson;
import dev.bes.api.client.AcceptedRun;
import dev.bes.api.client.ApiException;
import dev.bes.api.client.OrchestratorClient;
import dev.bes.api.definition.SchedulesJson.NewPauseJson;
import dev.bes.api.run.NewRunJson;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.springframework.core.io.ByteArrayResource;

/** People who call a site: when one node is gone they ask the next, until somebody answers. */
final class RetryingCallers {
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(CONNECT).build();
    private final Map<URI, OrchestratorClient> clients = new ConcurrentHashMap<>();
    private final AtomicInteger asked = new AtomicInteger();
    private final Installation installation;

    RetryingCallers(Installation installation) {
        this.installation = installation;
    }

    /** Requests a run with a file, with the same key again and again until the answer is there. */
    long request(String definition, String key, String csv) {
        return insist(node -> request(node, definition, key, csv).id());
    }

    /** Requests a run of the files that its definition names. */
    long request(String definition) {
        return insist(
                node -> client(node).request(NewRunJson.of(definition), null).id());
    }

    /** Has the runs of a day made up for. */
    void backfill(String definition, String day) {
        insist(node -> client(node)
                .api()
                .startBackfill(new NewBackfillJson(definition, null, day, day, null, null, null, null, null)));
    }

    /** Lets a scoring that was set aside go on. */
    void resume(long run, int scoring) {
        insist(node -> client(node).api().resume(run, scoring));
    }

    /** Lets a schedule fire. */
    void resumeSchedule(String definition, String schedule) {
        insist(node -> client(node).api().resume(definition, schedule));
    }

    /** Lets a schedule fire no more. */
    void pauseSchedule(String definition, String schedule) {
        insist(node -> client(node).api().pause(definition, schedule, new NewPauseJson("it has fired")));
    }

    /** Cancels a run; that it has ended already is an answer, too. */
    void cancel(long run) {
        insist(node -> {
            try {
                return client(node).api().cancel(run).id();
            } catch (ApiException e) {
                if (e.kind().equals("already-ended")) {
                    return run;
                }
                throw e;
            }
        });
    }

    /** One request for a run with a file, at one node. */
    AcceptedRun request(URI node, String definition, String key, String csv) {
        return client(node)
                .request(NewRunJson.of(definition), Map.of("input1", new ByteArrayResource(csv.getBytes(UTF_8))), key);
    }

    OrchestratorClient client(URI node) {
        return clients.computeIfAbsent(node, url -> new OrchestratorClient(url, CONNECT, TIMEOUT));
    }

    /** One look at an address of one node, whatever its status. */
    Optional<HttpResponse<String>> send(HttpRequest request) {
        try {
            return Optional.of(http.send(request, BodyHandlers.ofString()));
        } catch (IOException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Another one each time: one of them may be asleep. */
    private NodeProcess next(List<NodeProcess> nodes) {
        return nodes.get(asked.getAndIncrement() % nodes.size());
    }

    private <T> T insist(Function<URI, T> call) {
        return await().atMost(PATIENCE)
                .pollInSameThread()
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(50))
                .until(
                        () -> {
                            List<NodeProcess> nodes = installation.ready();
                            return nodes.isEmpty()
                                    ? Optional.<T>empty()
                                    : answer(call, next(nodes).url());
                        },
                        Optional::isPresent)
                .orElseThrow();
    }

    /** An answer that will not get better is no reason to go on asking. */
    private static <T> Optional<T> answer(Function<URI, T> call, URI node) {
        try {
            return Optional.of(call.apply(node));
        } catch (ApiException e) {
            if (e.isAnswered() && e.status() < 503) {
                throw e;
            }
            return Optional.empty();
        }
    }
}
