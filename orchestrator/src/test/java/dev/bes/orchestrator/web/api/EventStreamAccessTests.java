package dev.bes.orchestrator.web.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.bes.api.run.NewRunJson;
import dev.bes.orchestrator.TestEnvironment;
import dev.bes.orchestrator.account.Access;
import dev.bes.orchestrator.account.Accounts;
import dev.bes.orchestrator.account.ApiKeys;
import dev.bes.orchestrator.account.ApiKeys.NewKey;
import dev.bes.orchestrator.account.Grant;
import dev.bes.orchestrator.web.BrowserSession;
import dev.bes.orchestrator.web.WebNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** Who gets which events, and when a stream ends before its time. */
@Tag("slow")
class EventStreamAccessTests {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    // less than the five minutes after which every stream ends
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @TempDir
    static Path folder;

    private static WebNode node;

    @BeforeAll
    static void start() {
        node = WebNode.start(
                folder.resolve("node"), TestEnvironment.newDatabase(), Map.of("orchestrator.security.mode", "login"));
    }

    @AfterAll
    static void stop() {
        HTTP.shutdownNow();
        node.close();
    }

    private record Caller(String name, Access access, NewKey key) {}

    private static Caller caller(String name, String... grants) {
        long account = node.part(Accounts.class)
                .add(name, List.of(grants), "test")
                .account()
                .id();
        Access access = new Access(name, account, Grant.of(List.of(grants)));
        return new Caller(name, access, node.part(ApiKeys.class).create(access, "stream", List.of(grants), null));
    }

    /** What a stream has brought, and whether it has ended. */
    private static final class Stream {
        private final List<String> data = new CopyOnWriteArrayList<>();
        private volatile boolean began;
        private volatile boolean over;

        static Stream open(String url, Caller caller) throws Exception {
            return open(url, "Authorization", "Bearer " + caller.key().text());
        }

        static Stream open(String url, String header, String value) throws Exception {
            Stream stream = new Stream();
            HttpResponse<InputStream> answer = HTTP.send(
                    HttpRequest.newBuilder(URI.create(url + "/api/v1/runs/events"))
                            .header(header, value)
                            .build(),
                    BodyHandlers.ofInputStream());
            assertThat(answer.statusCode()).isEqualTo(200);
            Thread.ofVirtual().start(() -> stream.read(answer.body()));
            await().atMost(PATIENCE).until(() -> stream.began);
            return stream;
        }

        private void read(InputStream body) {
            try (BufferedReader lines = new BufferedReader(new InputStreamReader(body, UTF_8))) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    began = true;
                    if (line.startsWith("data:")) {
                        data.add(line);
                    }
                }
            } catch (IOException e) {
                // cut off, which is an end, too
            }
            over = true;
        }
    }

    @Test
    void bringsNoEventsOfDefinitionsOfOtherTeams() throws Exception {
        Caller everything = caller("sees-everything", "operator");
        Stream team = Stream.open(node.url(), caller("sees-letters", "viewer:letters", "viewer:failing"));
        Stream all = Stream.open(node.url(), everything);

        long hidden = run("greetings", everything);
        long shown = run("failing", everything);

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(team.data)
                        .anyMatch(event -> event.contains("\"run\":" + shown + ",") && event.contains("Failed")));
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(all.data)
                        .anyMatch(event -> event.contains("\"run\":" + hidden + ",") && event.contains("Finished")));
        assertThat(team.data).noneMatch(event -> event.contains("greetings"));
    }

    @Test
    void answersNobodyWith401() throws Exception {
        for (String path : List.of("/api/v1/runs/events", "/api/v1/runs/1/events")) {
            assertThat(HTTP.send(
                                    HttpRequest.newBuilder(URI.create(node.url() + path))
                                            .build(),
                                    BodyHandlers.ofString())
                            .statusCode())
                    .isEqualTo(401);
        }
    }

    @Test
    void endsWhenTheKeyIsRevoked() throws Exception {
        Caller caller = caller("loses-his-key", "viewer");
        Stream stream = Stream.open(node.url(), caller);

        node.part(ApiKeys.class).revoke(caller.access(), caller.key().key().id());

        await().atMost(SOON).until(() -> stream.over);
    }

    @Test
    void endsWhenTheUserIsDisabled() throws Exception {
        Caller caller = caller("is-disabled", "viewer");
        Stream stream = Stream.open(node.url(), caller);

        node.part(Accounts.class).disable(caller.name(), "test");

        await().atMost(SOON).until(() -> stream.over);
    }

    @Test
    void endsWhenTheGrantsAreOthers() throws Exception {
        Caller caller = caller("gets-other-grants", "viewer");
        Stream stream = Stream.open(node.url(), caller);

        node.part(Accounts.class).changeGrants(caller.name(), List.of("viewer:letters"), "test");

        await().atMost(SOON).until(() -> stream.over);
    }

    @Test
    void endsWithTheSessionOfABrowser() throws Exception {
        String first = node.part(Accounts.class)
                .add("signs-out", List.of("viewer"), "test")
                .password();
        String chosen = "a better password than most";
        BrowserSession browser = new BrowserSession(node.url());
        browser.signIn("signs-out", first);
        browser.post("/account/password", Map.of("current", first, "chosen", chosen, "again", chosen));
        Stream stream = Stream.open(node.url(), "Cookie", "bes-session=" + browser.cookie("bes-session"));

        browser.post("/sign-out", Map.of());

        await().atMost(SOON).until(() -> stream.over);
    }

    @Test
    void endsWithTheNode() throws Exception {
        Caller caller = caller("outlives-a-node", "viewer");
        Stream stream;
        try (WebNode second =
                WebNode.start(folder.resolve("node"), node.database(), Map.of("orchestrator.security.mode", "login"))) {
            stream = Stream.open(second.url(), caller);
        }
        await().atMost(SOON).until(() -> stream.over);
    }

    private static long run(String definition, Caller caller) throws Exception {
        HttpResponse<String> answer = HTTP.send(
                HttpRequest.newBuilder(URI.create(node.url() + "/api/v1/runs"))
                        .header("Authorization", "Bearer " + caller.key().text())
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(
                                JsonMapper.shared().writeValueAsString(NewRunJson.of(definition))))
                        .build(),
                BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(201);
        return JsonMapper.shared().readTree(answer.body()).path("id").asLong();
    }
}
