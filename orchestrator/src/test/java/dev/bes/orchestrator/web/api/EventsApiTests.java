package dev.bes.orchestrator.web.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.bes.api.run.StateJson;
import dev.bes.orchestrator.TestEnvironment;
import dev.bes.orchestrator.web.Caller.Answer;
import dev.bes.orchestrator.web.WebNode;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Streams of events, and requests that wait for the end of their run, on real parts. */
@Tag("slow")
class EventsApiTests {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    static Path folder;

    private static WebNode node;

    @BeforeAll
    static void start() {
        node = WebNode.start(folder, TestEnvironment.newDatabase(), Map.of("orchestrator.web.max-streams", "3"));
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    private static List<JsonNode> events(String body) {
        return body.lines()
                .filter(line -> line.startsWith("data:"))
                .map(line -> JsonMapper.shared().readTree(line.substring("data:".length())))
                .toList();
    }

    @Test
    void bringsEveryMoveOfARunInOrderAndEndsWithIt() {
        long run = node.run("greetings");

        Answer stream = node.caller().get("/api/v1/runs/" + run + "/events");

        assertThat(stream.status()).isEqualTo(200);
        assertThat(stream.header("Content-Type")).startsWith("text/event-stream");
        List<Long> ids = events(stream.body()).stream()
                .map(event -> event.path("entry").path("id").asLong())
                .toList();
        assertThat(ids)
                .isSorted()
                .containsExactlyInAnyOrderElementsOf(node.api().run(run).history().stream()
                        .map(entry -> entry.id())
                        .toList());
        JsonNode last = events(stream.body()).getLast();
        assertThat(last.path("run").asLong()).isEqualTo(run);
        assertThat(last.path("definition").asString()).isEqualTo("greetings");
        assertThat(last.path("entry").path("to").asString()).isEqualTo("Finished");
        assertThat(stream.body()).contains("id:" + ids.getLast(), "event:move");

        String middle = Long.toString(ids.get(1));
        assertThat(events(node.caller()
                        .get("/api/v1/runs/" + run + "/events", "Last-Event-ID", middle)
                        .body()))
                .extracting(event -> event.path("entry").path("id").asLong())
                .containsExactlyElementsOf(ids.subList(2, ids.size()));
        assertThat(node.caller()
                        .get("/api/v1/runs/" + run + "/events", "Last-Event-ID", Long.toString(ids.getLast()))
                        .status())
                .as("a browser connects no more")
                .isEqualTo(204);
    }

    @Test
    void refusesAnIdThatIsNoneAndARunThatThereIsNot() {
        assertThat(node.caller()
                        .get("/api/v1/runs/events", "Last-Event-ID", "' OR 1=1")
                        .status())
                .isEqualTo(400);
        assertThat(node.caller().get("/api/v1/runs/987654321/events").status()).isEqualTo(404);
    }

    @Test
    void bringsTheMovesOfAllRunsResumesAndLimitsOpenStreams() throws Exception {
        long before = node.run("greetings");
        long first =
                node.client().awaitEnd(before, PATIENCE).history().getFirst().id();
        HttpClient client = HttpClient.newHttpClient();
        try {
            Stream<String> resumed = open(client, Long.toString(first - 1));
            List<String> old = read(resumed);
            List<String> fresh = read(open(client, null));
            await().atMost(PATIENCE).until(() -> old.stream().anyMatch(line -> line.contains("\"run\":" + before)));
            open(client, null);
            assertThat(node.caller().get("/api/v1/runs/events").status()).isEqualTo(503);

            long after = node.run("failing");

            await().atMost(PATIENCE).untilAsserted(() -> {
                assertThat(fresh).anyMatch(line -> line.contains("\"run\":" + after) && line.contains("Failed"));
                assertThat(old).anyMatch(line -> line.contains("\"run\":" + after) && line.contains("Failed"));
            });
            assertThat(fresh).noneMatch(line -> line.contains("\"run\":" + before));
        } finally {
            // closing waits for streams that are open
            client.shutdownNow();
        }
    }

    private static Stream<String> open(HttpClient client, @Nullable String last) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(node.url() + "/api/v1/runs/events"));
        if (last != null) {
            request.header("Last-Event-ID", last);
        }
        return new BufferedReader(new InputStreamReader(
                        client.send(request.build(), BodyHandlers.ofInputStream())
                                .body(),
                        UTF_8))
                .lines();
    }

    private static List<String> read(Stream<String> lines) {
        List<String> read = new CopyOnWriteArrayList<>();
        Thread.ofVirtual().start(() -> {
            try {
                lines.filter(line -> line.startsWith("data:")).forEach(read::add);
            } catch (UncheckedIOException e) {
                // the test has ended
            }
        });
        return read;
    }

    @Test
    void waitsForTheEndOfARunIfItsCallerPrefersTo() {
        Answer waited = node.caller().post("/api/v1/runs", "{\"definition\": \"greetings\"}", "Prefer", "wait=30");

        assertThat(waited.status()).isEqualTo(201);
        assertThat(waited.header("Preference-Applied")).isEqualTo("wait=30");
        assertThat(waited.header("Location")).startsWith("/api/v1/runs/");
        assertThat(waited.json().path("state").asString()).isEqualTo(StateJson.FINISHED.word());

        Answer over =
                node.caller().post("/api/v1/runs", "{\"definition\": \"hanging\"}", "Prefer", "respond-async, wait=1");
        assertThat(over.status()).isEqualTo(201);
        assertThat(over.json().path("state").asString()).isIn("NotStarted", "Running");
        node.api().cancel(over.json().path("id").asLong());

        Answer not = node.caller().post("/api/v1/runs", "{\"definition\": \"greetings\"}", "Prefer", "wait=soon");
        assertThat(not.status()).isEqualTo(201);
        assertThat(not.header("Preference-Applied")).isEmpty();
        assertThat(not.json().path("state").isNull()).isTrue();
    }
}
