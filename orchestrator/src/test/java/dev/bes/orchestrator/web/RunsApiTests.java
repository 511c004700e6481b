package dev.bes.orchestrator.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bes.orchestrator.web.Caller.Answer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Runs by REST, on real parts. */
class RunsApiTests {
    @TempDir
    static Path folder;

    private static WebNode node;

    @BeforeAll
    static void start() {
        node = WebNode.start(folder);
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    @Test
    void makesOneRunOfManyRequestsWithOneKey() throws Exception {
        List<Future<Answer>> answers = new ArrayList<>();
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            IntStream.range(0, 50)
                    .forEach(i -> answers.add(callers.submit(() -> node.caller()
                            .post("/api/runs", "{\"definition\": \"greetings\"}", "Idempotency-Key", "one-key"))));
        }
        List<Answer> all = answers.stream().map(Future::resultNow).toList();

        assertThat(all).extracting(Answer::status).containsOnly(201);
        assertThat(all).extracting(Answer::body).containsOnly(all.getFirst().body());
        assertThat(all)
                .filteredOn(answer -> answer.header("Idempotency-Replayed").isEmpty())
                .hasSize(1);
        assertThat(all).extracting(answer -> answer.header("Location")).containsOnly("/api/runs/" + id(all.getFirst()));
    }

    @Test
    void refusesAKeyThatWasUsedForAnotherRequest() {
        node.caller().post("/api/runs", "{\"definition\": \"greetings\"}", "Idempotency-Key", "taken");

        Answer answer = node.caller()
                .post(
                        "/api/runs",
                        "{\"definition\": \"greetings\", \"parameters\": {\"bits\": \"4\"}}",
                        "Idempotency-Key",
                        "taken");

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.json().get("type").asString()).isEqualTo("/docs/problems#key-reused");
    }

    @Test
    void scoresAnUploadAndHandsTheOutputOut() {
        Answer accepted = node.caller()
                .post(
                        "/api/runs",
                        Form.of("letters")
                                .with("parameters.column", "text")
                                .file("input1", "letters.csv", WebNode.csv("a good day", "a better day", "the end")));
        assertThat(accepted.status()).as(accepted.body()).isEqualTo(201);

        JsonNode run = node.await(id(accepted), "Finished");

        JsonNode scoring = run.get("scorings").get(0);
        assertThat(scoring.get("files").get("input1").asString()).isEqualTo("letters.csv");
        JsonNode output = scoring.get("outputs").get("output1");
        assertThat(output.get("rows").asInt()).isEqualTo(3);
        Answer file = node.caller().get(output.get("href").asString());
        assertThat(file.status()).isEqualTo(200);
        assertThat(file.body().lines()).hasSize(4).first().asString().startsWith("text");
        assertThat(file.header("Content-Type")).isEqualTo("text/csv;charset=UTF-8");
        assertThat(file.header("Content-Disposition"))
                .isEqualTo("attachment; filename=\"run-" + id(accepted) + "-1-output1.csv\"");
        assertThat(file.header("X-Content-Type-Options")).isEqualTo("nosniff");
    }

    @Test
    void tellsEverythingOfARun() {
        JsonNode run = node.await(node.run("greetings"), "Finished");

        assertThat(run.get("counts").get("Finished").asInt()).isOne();
        assertThat(run.get("counts").get("Failed").asInt()).isZero();
        assertThat(run.get("scoringCount").asInt()).isOne();
        assertThat(run.get("endedCount").asInt()).isOne();
        assertThat(run.get("historyTruncated").asBoolean()).isFalse();
        assertThat(run.get("history").valueStream().map(h -> h.get("to").asString()))
                .containsSubsequence("Running", "Finished");
        assertThat(run.get("createdAt").asString()).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d[.\\d]*Z");
        assertThat(run.get("links").has("cancel")).isFalse();
        assertThat(run.get("scorings")
                        .get(0)
                        .get("attempts")
                        .get(0)
                        .get("jobId")
                        .asString())
                .isNotBlank();
    }

    @Test
    void listsNewestFirstAndPageByPage() {
        long first = node.run("hanging");
        long second = node.run("hanging");
        long third = node.run("hanging");

        JsonNode page = node.caller()
                .get("/api/runs?definition=hanging&limit=2&before=" + (third + 1))
                .json();
        assertThat(page.get("runs").valueStream().map(r -> r.get("id").asLong()))
                .containsExactly(third, second);
        JsonNode next = node.caller().get(page.get("next").asString()).json();
        assertThat(next.get("runs").get(0).get("id").asLong()).isEqualTo(first);
    }

    @Test
    void handsOutTheScoringsOfALargeRunInParts() {
        long run = node.run("crowd");

        JsonNode first = node.caller().get("/api/runs/" + run).json();
        assertThat(first.get("scoringCount").asInt()).isEqualTo(WebNode.CROWD);
        assertThat(first.get("scorings").size()).isEqualTo(500);
        JsonNode rest = node.caller()
                .get(first.get("links").get("moreScorings").asString())
                .json();
        assertThat(rest.get("scorings").valueStream().map(s -> s.get("position").asInt()))
                .containsExactly(501, 502);
        assertThat(rest.get("links").isEmpty()).isTrue();
        assertThat(node.caller().get("/runs/" + run).body()).contains("href=\"/runs/" + run + "?after=100\"");
        node.caller().post("/api/runs/" + run + "/cancel", "");
    }

    @Test
    void cancelsALiveRunOnce() {
        long run = node.run("hanging");
        node.await(run, "Running");

        Answer answer = node.caller().post("/api/runs/" + run + "/cancel", "");
        assertThat(answer.status()).isEqualTo(202);
        assertThat(answer.json().get("cancelAskedAt").asString()).isNotBlank();

        assertThat(node.await(run, "Cancelled").get("cause").asString()).isNotBlank();
        Answer again = node.caller().post("/api/runs/" + run + "/cancel", "");
        assertThat(again.status()).isEqualTo(409);
        assertThat(again.json().get("detail").asString()).contains("Cancelled");
    }

    @Test
    void tellsWhyARunFailed() {
        long run = node.run("failing");
        JsonNode failed = node.await(run, "Failed");

        assertThat(failed.get("cause").asString()).isNotBlank();
        JsonNode problems = node.caller().get("/api/problems").json();
        assertThat(problems.get("failed").valueStream().map(r -> r.get("id").asLong()))
                .contains(run);
    }

    @Test
    void listsDefinitionsWithTheirNextTimes() {
        JsonNode definitions = node.caller().get("/api/definitions").json().get("definitions");

        assertThat(named(definitions, "greetings")
                        .get("schedules")
                        .get(0)
                        .get("next")
                        .size())
                .isEqualTo(5);
        assertThat(named(definitions, "letters").get("requestParameters").toString())
                .isEqualTo("[{\"name\":\"column\",\"fallback\":null},{\"name\":\"bits\",\"fallback\":\"3\"}]");
        assertThat(named(definitions, "failing")
                        .get("dropFolders")
                        .get(0)
                        .get("settle")
                        .asString())
                .isEqualTo("PT1S");
    }

    private static JsonNode named(JsonNode definitions, String name) {
        return definitions
                .valueStream()
                .filter(d -> d.get("name").asString().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static long id(Answer answer) {
        return answer.json().get("id").asLong();
    }
}
