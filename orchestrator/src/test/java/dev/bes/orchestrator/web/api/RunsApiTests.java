package dev.bes.orchestrator.web.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.bes.api.client.ApiException;
import dev.bes.api.definition.DefinitionsJson.DefinitionJson;
import dev.bes.api.definition.DefinitionsJson.RequestParameterJson;
import dev.bes.api.run.HistoryEntryJson;
import dev.bes.api.run.NewRunJson;
import dev.bes.api.run.RunDetailJson;
import dev.bes.api.run.RunJson;
import dev.bes.api.run.RunPageJson;
import dev.bes.api.run.ScoringJson;
import dev.bes.api.run.ScoringJson.OutputJson;
import dev.bes.api.run.ScoringPageJson;
import dev.bes.api.run.StateJson;
import dev.bes.orchestrator.web.Caller.Answer;
import dev.bes.orchestrator.web.Form;
import dev.bes.orchestrator.web.WebNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Runs by REST, on real parts. */
@Tag("slow")
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
                            .post("/api/v1/runs", "{\"definition\": \"greetings\"}", "Idempotency-Key", "one-key"))));
        }
        List<Answer> all = answers.stream().map(Future::resultNow).toList();

        assertThat(all).extracting(Answer::status).containsOnly(201);
        assertThat(all).extracting(Answer::body).containsOnly(all.getFirst().body());
        assertThat(all)
                .filteredOn(answer -> answer.header("Idempotency-Replayed").isEmpty())
                .hasSize(1);
        assertThat(all)
                .extracting(answer -> answer.header("Location"))
                .containsOnly("/api/v1/runs/" + id(all.getFirst()));
    }

    @Test
    void refusesAKeyThatWasUsedForAnotherRequest() {
        node.client().request(NewRunJson.of("greetings"), "taken");

        NewRunJson other = new NewRunJson("greetings", Map.of("bits", "4"));
        assertThat(catchThrowableOfType(ApiException.class, () -> node.client().request(other, "taken")))
                .returns(422, ApiException::status)
                .returns("key-reused", ApiException::kind);
    }

    @Test
    void scoresRowsThatAreSentAsJson() {
        String body = """
                {"definition": "letters", "parameters": {"column": "text"},
                 "inputs": {"input1": {"rows": [{"text": "a good, \\"fine\\" day", "n": 1.50}, {"n": null, "text": "the end"}]}}}""";

        Answer accepted = node.caller().post("/api/v1/runs", body);
        assertThat(accepted.status()).as(accepted.body()).isEqualTo(201);
        RunDetailJson run = node.await(id(accepted), StateJson.FINISHED);

        ScoringJson scoring = run.scorings().getFirst();
        assertThat(scoring.files()).containsEntry("input1", "input1.csv");
        assertThat(node.caller().get(scoring.outputs().get("output1").href()).body())
                .contains("\"a good, \"\"fine\"\" day\"", "1.50");
    }

    @Test
    void scoresAnUploadAndHandsTheOutputOut() {
        Answer accepted = node.caller()
                .post(
                        "/api/v1/runs",
                        Form.of("letters")
                                .with("parameters.column", "text")
                                .file("input1", "letters.csv", WebNode.csv("a good day", "a better day", "the end")));
        assertThat(accepted.status()).as(accepted.body()).isEqualTo(201);

        RunDetailJson run = node.await(id(accepted), StateJson.FINISHED);

        ScoringJson scoring = run.scorings().getFirst();
        assertThat(scoring.files()).containsEntry("input1", "letters.csv");
        OutputJson output = scoring.outputs().get("output1");
        assertThat(output.rows()).isEqualTo(3);
        Answer file = node.caller().get(output.href());
        assertThat(file.status()).isEqualTo(200);
        assertThat(file.body().lines()).hasSize(4).first().asString().startsWith("text");
        assertThat(file.header("Content-Type")).isEqualTo("text/csv;charset=UTF-8");
        assertThat(file.header("Content-Disposition"))
                .isEqualTo("attachment; filename=\"run-" + id(accepted) + "-1-output1.csv\"");
        assertThat(file.header("X-Content-Type-Options")).isEqualTo("nosniff");
    }

    @Test
    void tellsEverythingOfARun() {
        long id = node.run("greetings");
        RunDetailJson detail = node.await(id, StateJson.FINISHED);

        assertThat(detail.counts()).containsEntry("Finished", 1).containsEntry("Failed", 0);
        assertThat(detail.run().scoringCount()).isOne();
        assertThat(detail.run().endedCount()).isOne();
        assertThat(detail.historyTruncated()).isFalse();
        assertThat(detail.history())
                .extracting(HistoryEntryJson::to)
                .containsSubsequence(StateJson.RUNNING, StateJson.FINISHED);
        assertThat(detail.run().links()).doesNotContainKey("cancel");
        assertThat(detail.scorings().getFirst().attempts().getFirst().jobId()).isNotBlank();
        JsonNode json = node.caller().get("/api/v1/runs/" + id).json();
        assertThat(json.get("createdAt").asString()).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d[.\\d]*Z");
    }

    @Test
    void listsNewestFirstAndPageByPage() {
        long first = node.run("hanging");
        long second = node.run("hanging");
        long third = node.run("hanging");

        RunPageJson page = node.api().runs(null, "hanging", third + 1, 2);
        assertThat(page.runs()).extracting(RunJson::id).containsExactly(third, second);
        JsonNode next = node.caller().get(String.valueOf(page.next())).json();
        assertThat(next.get("runs").get(0).get("id").asLong()).isEqualTo(first);
    }

    @Test
    void handsOutTheScoringsOfALargeRunInParts() {
        long run = node.run("crowd");

        RunDetailJson first = node.api().run(run);
        assertThat(first.run().scoringCount()).isEqualTo(WebNode.CROWD);
        assertThat(first.scorings()).hasSize(500);
        assertThat(first.run().links()).containsEntry("moreScorings", "/api/v1/runs/" + run + "/scorings?after=500");
        String link = first.run().links().get("moreScorings");
        assertThat(positions(node.caller().get(link).json())).containsExactly(501L, 502L);
        ScoringPageJson page = node.api().scorings(run, null);
        assertThat(page.scorings()).hasSize(500);
        JsonNode rest = node.caller().get(String.valueOf(page.next())).json();
        assertThat(positions(rest)).containsExactly(501L, 502L);
        assertThat(rest.get("next").isNull()).isTrue();
        assertThat(rest.get("links").isEmpty()).isTrue();
        String scorings = "/api/v1/runs/" + run + "/scorings";
        assertThat(positions(
                        node.caller().get(scorings + "?sort=-position&limit=2").json()))
                .containsExactly(502L, 501L);
        assertThat(positions(node.caller().get(scorings + "?state=Finished").json()))
                .isEmpty();
        assertThat(positions(node.caller().get(scorings + "?attention=true").json()))
                .isEmpty();
        assertThat(node.caller()
                        .get(scorings + "?fields=position&limit=1")
                        .json()
                        .get("scorings")
                        .get(0)
                        .size())
                .isEqualTo(1);
        assertThat(node.caller().get("/runs/" + run).body()).contains("href=\"/runs/" + run + "?after=100\"");
        node.api().cancel(run);
    }

    private static List<Long> positions(JsonNode page) {
        return page.get("scorings")
                .valueStream()
                .map(scoring -> scoring.get("position").asLong())
                .toList();
    }

    @Test
    void cancelsALiveRunOnce() {
        long run = node.run("hanging");
        node.await(run, StateJson.RUNNING);

        Answer answer = node.caller().post("/api/v1/runs/" + run + "/cancel", "");
        assertThat(answer.status()).isEqualTo(202);
        assertThat(answer.json().get("cancelRequestedAt").asString()).isNotBlank();

        assertThat(node.await(run, StateJson.CANCELLED).run().cause()).isNotBlank();
        assertThat(catchThrowableOfType(ApiException.class, () -> node.api().cancel(run)))
                .returns(409, ApiException::status)
                .hasMessageContaining("Cancelled");
    }

    @Test
    void tellsWhyARunFailed() {
        RunDetailJson failed = node.client().awaitEnd(node.run("failing"), Duration.ofSeconds(30));

        assertThat(failed.run().state()).isEqualTo(StateJson.FAILED);
        assertThat(failed.run().cause()).isNotBlank();
        assertThat(node.api().attention().failed())
                .extracting(RunJson::id)
                .contains(failed.run().id());
    }

    @Test
    void listsDefinitionsWithTheirNextTimes() {
        List<DefinitionJson> definitions = node.api().definitions().definitions();

        assertThat(named(definitions, "greetings").schedules().getFirst().next())
                .hasSize(5);
        assertThat(named(definitions, "letters").requestParameters())
                .containsExactly(
                        new RequestParameterJson("column", null, null), new RequestParameterJson("bits", "3", null));
        assertThat(named(definitions, "failing").dropFolders().getFirst().settle())
                .isEqualTo(Duration.ofSeconds(1));
    }

    private static DefinitionJson named(List<DefinitionJson> definitions, String name) {
        return definitions.stream()
                .filter(definition -> definition.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static long id(Answer answer) {
        return answer.json().get("id").asLong();
    }
}
