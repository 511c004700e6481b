package dev.bes.orchestrator.web.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bes.orchestrator.TestEnvironment;
import dev.bes.orchestrator.account.Access;
import dev.bes.orchestrator.account.Accounts;
import dev.bes.orchestrator.account.ApiKeys;
import dev.bes.orchestrator.account.Grant;
import dev.bes.orchestrator.account.Role;
import dev.bes.orchestrator.account.creation.CreationKeys;
import dev.bes.orchestrator.web.Caller.Answer;
import dev.bes.orchestrator.web.WebNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** What holds for all resources: lists, fields, conditional requests, idempotency keys. */
@Tag("slow")
class ApiConventionsTests {
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @TempDir
    static Path folder;

    private static WebNode node;
    private static String bearer;
    private static final List<Long> RUNS = new ArrayList<>();

    @BeforeAll
    static void start() {
        node = WebNode.start(folder, TestEnvironment.newDatabase(), Map.of("orchestrator.security.mode", "login"));
        List<String> grants = List.of("admin");
        long account =
                node.part(Accounts.class).add("root", grants, "test").account().id();
        bearer = "Bearer "
                + node.part(ApiKeys.class)
                        .create(
                                new Access("root", account, List.of(Grant.everywhere(Role.ADMIN))),
                                "conventions",
                                grants,
                                null)
                        .text();
        for (String definition : List.of("greetings", "hanging", "greetings", "hanging", "greetings")) {
            RUNS.add(post(
                            "/api/v1/runs",
                            "{\"definition\": \"" + definition + "\"}",
                            "Idempotency-Key",
                            "run-" + RUNS.size())
                    .json()
                    .path("id")
                    .asLong());
        }
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    private static Answer get(String path, String... headers) {
        return node.caller().get(path, with(headers));
    }

    private static Answer post(String path, String json, String... headers) {
        return node.caller().post(path, json, with(headers));
    }

    private static String[] with(String... headers) {
        return Stream.concat(Stream.of("Authorization", bearer), Stream.of(headers))
                .toArray(String[]::new);
    }

    private static Answer put(String path, String json, String... headers) throws Exception {
        return new Answer(HTTP.send(
                HttpRequest.newBuilder(URI.create(node.url() + path))
                        .headers(with(headers))
                        .header("Content-Type", "application/json")
                        .PUT(BodyPublishers.ofString(json))
                        .build(),
                BodyHandlers.ofString()));
    }

    private static List<Long> ids(String query) {
        List<Long> ids = new ArrayList<>();
        String next = "/api/v1/runs" + query;
        while (next != null) {
            Answer answer = get(next);
            assertThat(answer.status()).as(answer.body()).isEqualTo(200);
            answer.json().path("runs").forEach(run -> ids.add(run.path("id").asLong()));
            next = answer.json().path("next").isNull()
                    ? null
                    : answer.json().path("next").asString();
        }
        return ids;
    }

    @Test
    void listsRunsInEitherOrderPageByPage() {
        assertThat(ids("?limit=2")).containsExactlyElementsOf(RUNS.reversed());
        assertThat(ids("?sort=id&limit=2")).containsExactlyElementsOf(RUNS);
        assertThat(ids("?sort=accepted&limit=1")).containsExactlyElementsOf(RUNS);
        assertThat(ids("?sort=-accepted&limit=2")).containsExactlyElementsOf(RUNS.reversed());
        assertThat(ids("?sort=-accepted&limit=1&definition=hanging")).containsExactly(RUNS.get(3), RUNS.get(1));
    }

    @Test
    void filtersRunsByWhatScriptsKnow() {
        assertThat(ids("?definition=hanging")).containsExactly(RUNS.get(3), RUNS.get(1));
        assertThat(ids("?occurrence=request:run-2")).containsExactly(RUNS.get(2));
        assertThat(ids("?definition=hanging&occurrence=request:run-2")).isEmpty();
        assertThat(ids("?trigger=request")).hasSize(RUNS.size());
        assertThat(ids("?trigger=schedule")).isEmpty();
        assertThat(ids("?attention=true")).isEmpty();
        assertThat(ids("?before=" + RUNS.get(2))).containsExactly(RUNS.get(1), RUNS.get(0));
        Instant accepted = Instant.parse(
                get("/api/v1/runs/" + RUNS.get(2)).json().path("createdAt").asString());
        assertThat(ids("?acceptedFrom=" + accepted + "&limit=1"))
                .containsExactlyElementsOf(RUNS.subList(2, 5).reversed());
        assertThat(ids("?acceptedTo=" + accepted + "&sort=accepted")).containsExactlyElementsOf(RUNS.subList(0, 2));
        assertThat(ids("?acceptedFrom=2001-01-01&acceptedTo=2001-12-31")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            /api/v1/runs?sort=ended | the keys are: id, accepted
            /api/v1/runs?limit=201 | 'limit' must be a number from 1 to 200
            /api/v1/runs?cursor=abc | 'cursor' is not one of this list
            /api/v1/runs?fields=id,colour | the fields are: attentionCount, cancelRequestedAt
            /api/v1/runs?trigger=moon | the triggers are: schedule, files, request
            /api/v1/runs?state=Gone | the states are: NotStarted
            /api/v1/runs?acceptedFrom=yesterday | 'acceptedFrom' is neither a day
            /api/v1/runs?attention=maybe | 'attention' is 'true'
            /api/v1/runs?before=x | 'before' is not a number
            /api/v1/users?sort=password | the keys are: name, created, last-sign-in
            /api/v1/keys?fields=text | the fields are: createdAt
            /api/v1/nodes?limit=0 | 'limit' must be a number from 1 to 1000
            /api/v1/schedules?sort=cron | the keys are: definition, name, next
            /api/v1/schedules?paused=perhaps | 'paused' is 'true' or 'false'
            """)
    void saysWhatAListUnderstands(String path, String detail) {
        Answer answer = get(path);

        assertThat(answer.status()).as(answer.body()).isEqualTo(400);
        assertThat(answer.json().path("detail").asString()).contains(detail);
    }

    @ParameterizedTest
    @ValueSource(strings = {"runs", "definitions", "schedules", "endpoints", "nodes", "users", "keys"})
    void showsOnlyTheFieldsThatAreAskedFor(String list) {
        JsonNode whole = get("/api/v1/" + list + "?limit=1").json();
        String field = whole.path(list).get(0).propertyNames().iterator().next();

        JsonNode sparse = get("/api/v1/" + list + "?limit=1&fields=" + field).json();

        assertThat(sparse.path(list).get(0).propertyNames()).containsExactly(field);
        assertThat(sparse.path(list).get(0).path(field))
                .isEqualTo(whole.path(list).get(0).path(field));
        assertThat(sparse.has("next")).isTrue();
    }

    @Test
    void showsFieldsOfOneRun() {
        JsonNode run =
                get("/api/v1/runs/" + RUNS.get(1) + "?fields=state,counts").json();

        assertThat(run.propertyNames()).containsExactlyInAnyOrder("state", "counts");
    }

    @Test
    void filtersAndSortsTheOtherLists() {
        node.part(Accounts.class).add("list-b", List.of("viewer"), "test");
        node.part(Accounts.class).add("list-a", List.of("viewer"), "test");
        node.part(Accounts.class).disable("list-b", "test");

        assertThat(names("/api/v1/users?disabled=true", "users")).containsExactly("list-b");
        assertThat(names("/api/v1/users?sort=-name", "users")).containsSubsequence("root", "list-b", "list-a");
        assertThat(names("/api/v1/definitions?endpoint=hangs", "definitions")).containsExactly("crowd", "hanging");
        assertThat(names("/api/v1/definitions?sort=-name&limit=1", "definitions"))
                .containsExactly("letters");
        assertThat(names("/api/v1/schedules?definition=letters", "schedules")).isEmpty();
        assertThat(names("/api/v1/keys?owner=root", "keys")).contains("conventions");
        assertThat(names("/api/v1/keys?owner=list-a", "keys")).isEmpty();
    }

    private static List<String> names(String path, String list) {
        return StreamSupport.stream(get(path).json().path(list).spliterator(), false)
                .map(item -> item.path("name").asString())
                .toList();
    }

    @Test
    void answers304ForARunThatHasNotChanged() {
        String address = "/api/v1/runs/" + RUNS.getFirst();
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> get(address).json().path("state").asString(), "Finished"::equals);
        Answer first = get(address);

        assertThat(get(address, "If-None-Match", first.header("ETag")).status()).isEqualTo(304);
        assertThat(get(address, "If-None-Match", "\"other\"").status()).isEqualTo(200);
    }

    @Test
    void letsOneOfManyChangeWhatTheyHaveAllSeen() throws Exception {
        String schedule = "/api/v1/schedules/greetings/nightly";
        for (int round = 0; round < 5; round++) {
            String seen = get(schedule).header("ETag");
            assertThat(statuses(8, i -> post(schedule + "/pause", "{\"reason\": \"by " + i + "\"}", "If-Match", seen)))
                    .containsOnlyOnce(200)
                    .containsOnly(200, 412);
            String paused = get(schedule).header("ETag");
            assertThat(statuses(8, i -> post(schedule + "/resume", "{}", "If-Match", paused)))
                    .containsOnlyOnce(200)
                    .containsOnly(200, 412);
        }
    }

    @Test
    void letsOneOfManyAdministratorsChangeGrants() throws Exception {
        node.part(Accounts.class).add("changed", List.of("viewer"), "test");
        String seen = get("/api/v1/users/changed").header("ETag");
        assertThat(get("/api/v1/users/changed", "If-None-Match", seen).status()).isEqualTo(304);

        assertThat(statuses(
                        8,
                        i -> put(
                                "/api/v1/users/changed/grants",
                                "{\"grants\": [\"viewer:team-" + i + "\"]}",
                                "If-Match",
                                seen)))
                .containsOnlyOnce(200)
                .containsOnly(200, 412);
        assertThat(get("/api/v1/users/changed").header("ETag")).isNotEqualTo(seen);
    }

    private interface Call {
        Answer number(int i) throws Exception;
    }

    private static List<Integer> statuses(int calls, Call call) throws Exception {
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Integer>> all = new ArrayList<>();
            for (int i = 0; i < calls; i++) {
                int number = i;
                all.add(callers.submit(() -> call.number(number).status()));
            }
            List<Integer> statuses = new ArrayList<>();
            for (Future<Integer> one : all) {
                statuses.add(one.get());
            }
            return statuses;
        }
    }

    @Test
    void makesOneUserOfARepeatedRequest() throws Exception {
        String user = "{\"name\": \"made-once\", \"grants\": [\"viewer\"]}";
        assertThat(statuses(6, i -> post("/api/v1/users", user, "Idempotency-Key", "user-1")))
                .containsOnlyOnce(201)
                .containsOnly(201, 409);

        Answer again = post("/api/v1/users", user, "Idempotency-Key", "user-1");
        assertThat(again.json().path("type").asString()).endsWith("#made-before");
        assertThat(again.json().path("detail").asString()).contains("/api/v1/users/made-once");
        assertThat(again.body()).doesNotContain("oneTimePassword");
        Answer other = post("/api/v1/users", user.replace("viewer", "operator"), "Idempotency-Key", "user-1");
        assertThat(other.status()).isEqualTo(422);
        assertThat(other.json().path("type").asString()).endsWith("#key-reused");
        assertThat(post("/api/v1/users", user, "Idempotency-Key", "user-2")
                        .json()
                        .path("type")
                        .asString())
                .endsWith("#name-taken");
    }

    @Test
    void makesOneKeyOfARepeatedRequestAndShowsItsTextOnce() throws Exception {
        String key = "{\"name\": \"nightly\", \"grants\": [\"viewer\"]}";
        List<String> bodies = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            bodies.add(post("/api/v1/keys", key, "Idempotency-Key", "key-1").body());
        }

        assertThat(bodies.getFirst()).contains("bes_");
        assertThat(bodies.subList(1, 3)).allMatch(body -> body.contains("made-before") && !body.contains("bes_"));
        assertThat(names("/api/v1/keys?sort=name", "keys")).containsOnlyOnce("nightly");
        assertThat(post("/api/v1/keys", key, "Idempotency-Key", "a", "Idempotency-Key", "b")
                        .status())
                .isEqualTo(400);
    }

    @Test
    void letsARefusedRequestUseItsKeyAgain() {
        assertThat(post("/api/v1/keys", "{\"name\": \"x\", \"grants\": [\"none\"]}", "Idempotency-Key", "again")
                        .status())
                .isEqualTo(422);
        assertThat(post("/api/v1/keys", "{\"name\": \"x\", \"grants\": [\"viewer\"]}", "Idempotency-Key", "again")
                        .status())
                .isEqualTo(201);
    }

    @Test
    void forgetsOldKeys() {
        post("/api/v1/keys", "{\"name\": \"old\", \"grants\": [\"viewer\"]}", "Idempotency-Key", "old");
        post("/api/v1/keys", "{\"name\": \"young\", \"grants\": [\"viewer\"]}", "Idempotency-Key", "young");
        JdbcClient jdbc = node.part(JdbcClient.class);
        jdbc.sql("UPDATE creation_key SET at = at - interval '8 days' WHERE key = 'old'")
                .update();

        node.part(CreationKeys.class).purge(Duration.ofDays(7), 100);

        assertThat(new HashSet<>(jdbc.sql("SELECT key FROM creation_key")
                        .query(String.class)
                        .list()))
                .contains("young")
                .doesNotContain("old");
    }
}
