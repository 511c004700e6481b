package dev.bes.orchestrator.crash;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import tools.jackson.databind.json.JsonMapper;

/** People who call a site: when one node is gone they ask the next, until somebody answers. */
final class Callers {
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final String BOUNDARY = "between-the-parts";

    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private final AtomicInteger asked = new AtomicInteger();
    private final Site site;

    Callers(Site site) {
        this.site = site;
    }

    /** Requests a run with a file, with the same key again and again until the answer is there. */
    long request(String definition, String key, String csv) {
        HttpResponse<String> answer =
                insist(Set.of(201), node -> form(node.resolve("/api/runs"), key, definition, csv));
        return id(answer);
    }

    private static long id(HttpResponse<String> answer) {
        return JsonMapper.shared().readTree(answer.body()).path("id").asLong();
    }

    /** Requests a run of the files that its definition names. */
    long request(String definition) {
        HttpResponse<String> answer = insist(
                Set.of(201),
                node -> HttpRequest.newBuilder(node.resolve("/api/runs"))
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString("{\"definition\": \"" + definition + "\"}"))
                        .build());
        return id(answer);
    }

    /** Lets a scoring that was set aside go on. */
    void resume(long run, int scoring) {
        insist(
                Set.of(200, 202, 204),
                node -> HttpRequest.newBuilder(node.resolve("/api/runs/" + run + "/scorings/" + scoring + "/resume"))
                        .POST(BodyPublishers.noBody())
                        .build());
    }

    /** Cancels a run; that it has ended already is an answer, too. */
    void cancel(long run) {
        insist(
                Set.of(202, 409),
                node -> HttpRequest.newBuilder(node.resolve("/api/runs/" + run + "/cancel"))
                        .POST(BodyPublishers.noBody())
                        .build());
    }

    /** One try at one node. */
    Optional<HttpResponse<String>> send(HttpRequest request) {
        try {
            return Optional.of(client.send(request, BodyHandlers.ofString()));
        } catch (IOException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    static HttpRequest form(URI url, String key, String definition, String csv) {
        String body = part("name=\"definition\"", definition)
                + part("name=\"input1\"; filename=\"day.csv\"", csv)
                + "--" + BOUNDARY + "--\r\n";
        return HttpRequest.newBuilder(url)
                .timeout(Duration.ofSeconds(20))
                .header("Content-Type", "multipart/form-data; boundary=" + BOUNDARY)
                .header("Idempotency-Key", key)
                .POST(BodyPublishers.ofString(body))
                .build();
    }

    private static String part(String disposition, String content) {
        return "--" + BOUNDARY + "\r\nContent-Disposition: form-data; " + disposition + "\r\n\r\n" + content + "\r\n";
    }

    /** Another one each time: one of them may be asleep. */
    private NodeProcess next(List<NodeProcess> nodes) {
        return nodes.get(asked.getAndIncrement() % nodes.size());
    }

    private HttpResponse<String> insist(Set<Integer> wanted, Function<URI, HttpRequest> request) {
        return await().atMost(PATIENCE)
                .pollInSameThread()
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(50))
                .until(
                        () -> {
                            List<NodeProcess> nodes = site.ready();
                            return nodes.isEmpty()
                                    ? Optional.<HttpResponse<String>>empty()
                                    : send(request.apply(next(nodes).url())).filter(answer -> isWanted(answer, wanted));
                        },
                        Optional::isPresent)
                .orElseThrow();
    }

    /** An answer that will not get better is no reason to go on asking. */
    private static boolean isWanted(HttpResponse<String> answer, Set<Integer> wanted) {
        int status = answer.statusCode();
        if (!wanted.contains(status) && status < 503) {
            throw new IllegalStateException(status + ": " + answer.body());
        }
        return wanted.contains(status);
    }
}
