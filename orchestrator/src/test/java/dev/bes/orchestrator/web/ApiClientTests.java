package dev.bes.orchestrator.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.bes.api.client.AcceptedRun;
import dev.bes.api.client.ApiException;
import dev.bes.api.definition.DefinitionsJson;
import dev.bes.api.definition.DefinitionsJson.ContainerJson;
import dev.bes.api.definition.DefinitionsJson.DefinitionJson;
import dev.bes.api.definition.DefinitionsJson.InputJson;
import dev.bes.api.definition.DefinitionsJson.RequestParameterJson;
import dev.bes.api.definition.DefinitionsJson.ScheduleJson;
import dev.bes.api.installation.AttentionJson;
import dev.bes.api.run.AcceptedRunJson;
import dev.bes.api.run.NewRunJson;
import dev.bes.api.run.RunDetailJson;
import dev.bes.api.run.RunJson;
import dev.bes.api.run.RunPageJson;
import dev.bes.api.run.ScoringJson.OutputJson;
import dev.bes.api.run.ScoringPageJson;
import dev.bes.api.run.StateJson;
import dev.bes.orchestrator.definition.Triggers.Changed;
import dev.bes.orchestrator.definition.Triggers.DropFolder;
import dev.bes.orchestrator.run.Actor;
import dev.bes.orchestrator.run.Attention;
import dev.bes.orchestrator.run.Claim.StagedInput;
import dev.bes.orchestrator.run.DeliveredOutput;
import dev.bes.orchestrator.run.State;
import dev.bes.orchestrator.run.Step;
import dev.bes.orchestrator.run.forecast.CallForecast;
import dev.bes.orchestrator.run.journal.HistoryEntry;
import dev.bes.orchestrator.run.query.AttentionView;
import dev.bes.orchestrator.run.query.RetryingView;
import dev.bes.orchestrator.run.query.RunView;
import dev.bes.orchestrator.run.query.ScoringView;
import dev.bes.orchestrator.run.query.ScoringView.AttemptView;
import dev.bes.orchestrator.run.query.ScoringView.Service;
import dev.bes.orchestrator.trigger.arrival.SkippedFiles.SkippedFile;
import dev.bes.orchestrator.trigger.arrival.container.FailingContainers.Failure;
import dev.bes.orchestrator.trigger.arrival.ledger.ChangedFiles.ChangedFile;
import dev.bes.orchestrator.web.api.AttentionApi;
import dev.bes.orchestrator.web.api.DefinitionsApi;
import dev.bes.orchestrator.web.api.RunMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.core.io.FileSystemResource;
import tools.jackson.databind.json.JsonMapper;

/** The client of the API beside a node: both know the same JSON, and it is the JSON that programs know. */
@Tag("slow")
class ApiClientTests {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Instant T = Instant.parse("2026-03-01T02:00:00.250Z");
    private static final String TIME = "\"2026-03-01T02:00:00.250Z\"";
    private static final String FAILED_RUN = """
            {"id":8,"definition":"greetings","trigger":"schedule","occurrence":"nightly","state":"Failed","cause":"why",
            "scoringCount":1,"endedCount":1,"attentionCount":0,"fireTime":%1$s,"createdAt":%1$s,"cancelRequestedAt":%1$s,
            "endedAt":%1$s,"forecast":null,"rerunOf":null,
            "links":{"self":"/api/v1/runs/8","rerun":"/api/v1/runs/8/rerun"}}""".formatted(TIME);

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
    void sendsAFileWithParametersAndKeyAndFetchesTheOutput() throws IOException {
        Path file = Files.writeString(folder.resolve("Möwen \"laut\" 🦅.csv"), WebNode.csv("ein guter Tag", "zwölf"));
        NewRunJson request = new NewRunJson("letters", Map.of("column", "text", "bits", "4"));
        Map<String, FileSystemResource> files = Map.of("input1", new FileSystemResource(file));

        AcceptedRun first = node.client().request(request, files, "upload-1");
        AcceptedRun again = node.client().request(request, files, "upload-1");

        assertThat(first.replayed()).isFalse();
        assertThat(again.replayed()).isTrue();
        assertThat(again.run()).isEqualTo(first.run());
        assertThat(first.run().links()).containsEntry("self", "/api/v1/runs/" + first.id());
        RunDetailJson run = node.client().awaitEnd(first.id(), PATIENCE);
        assertThat(run.run().state()).as(run.run().cause()).isEqualTo(StateJson.FINISHED);
        assertThat(run.run().parameters()).isEqualTo(Map.of("column", "text", "bits", "4"));
        assertThat(run.scorings().getFirst().files())
                .containsEntry("input1", file.getFileName().toString());
        OutputJson output = run.scorings().getFirst().outputs().get("output1");
        byte[] fetched = node.client().withTimeout(PATIENCE).output(first.id(), 1, "output1", in -> in.readAllBytes());
        assertThat(fetched).hasSize((int) output.bytes());
        assertThat(new String(fetched, UTF_8).lines())
                .hasSize(3)
                .element(2)
                .asString()
                .startsWith("zwölf,");
    }

    @Test
    void sendsContentThatHasNoFileName() {
        AcceptedRun accepted = node.client()
                .request(
                        new NewRunJson("letters", Map.of("column", "text")),
                        Map.of("input1", new ByteArrayResource(WebNode.csv("a").getBytes(UTF_8))),
                        null);

        assertThat(node.client().awaitEnd(accepted.id(), PATIENCE).run().state())
                .isEqualTo(StateJson.FINISHED);
    }

    @Test
    void findsRunsByStateAndSaysWhenTheServiceIsReady() {
        long failed = node.run("failing");
        node.client().awaitEnd(failed, PATIENCE);

        assertThat(node.api()
                        .runs(StateJson.FAILED.word(), "failing", null, 200)
                        .runs())
                .extracting(RunJson::id)
                .contains(failed);
        assertThat(node.api()
                        .runs(StateJson.FINISHED.word(), "failing", null, null)
                        .runs())
                .isEmpty();
        assertThat(node.client().isReady()).isTrue();
        assertThat(node.client().text("/runs/" + failed)).startsWith("<!DOCTYPE html>");
    }

    @Test
    void hasTheProblemOfARefusal() {
        assertThat(refusal(() -> node.client().request(NewRunJson.of("nothing"), null)))
                .returns(404, ApiException::status)
                .returns("unknown-definition", ApiException::kind)
                .returns(true, ApiException::isAnswered)
                .hasMessageContaining("Unknown definition: ");
        assertThat(refusal(() -> node.client().request(NewRunJson.of("letters"), Map.of(), null)))
                .returns("no-input", ApiException::kind);
        assertThat(refusal(() -> node.client().request(NewRunJson.of("greetings"), "not, a key")))
                .returns("bad-key", ApiException::kind);
        assertThat(refusal(() -> node.api().run(987_654_321))).returns("unknown-run", ApiException::kind);
        assertThat(refusal(() -> node.client().awaitEnd(987_654_321, PATIENCE)))
                .returns("unknown-run", ApiException::kind);
        assertThat(refusal(() -> node.client().output(987_654_321, 1, "output1", in -> in.readAllBytes())))
                .returns("unknown-run", ApiException::kind);
        assertThat(refusal(() -> node.api().runs("Sleeping", null, null, null)))
                .returns("bad-request", ApiException::kind);
        assertThat(refusal(() -> node.client().text("/api/v1/nothing"))).returns("unknown-address", ApiException::kind);
    }

    private static ApiException refusal(Runnable call) {
        return catchThrowableOfType(ApiException.class, call::run);
    }

    @Test
    void readsAndWritesTheSameJsonAsEver() {
        RunView run = new RunView(
                7,
                "greetings",
                "request",
                "key-1",
                State.RUNNING,
                null,
                3,
                2,
                1,
                Map.of("bits", "3"),
                null,
                T,
                null,
                null,
                new CallForecast(12, T, List.of("5 calls in 60 s")),
                3L);
        Map<String, DeliveredOutput> outputs = Map.of("out put", new DeliveredOutput("b", "f", 5, 60, "ab"));
        ScoringView scoring = new ScoringView(
                2,
                Step.STAGED,
                State.NOT_STARTED,
                "cancel",
                Attention.KILLS_ITS_NODE,
                "why",
                Map.of("input1", "a.csv"),
                T,
                null,
                List.of(
                        new AttemptView(
                                1,
                                State.FINISHED,
                                null,
                                Service.RRS,
                                null,
                                5,
                                null,
                                Map.of("input1", new StagedInput("b", 1, 2, "h")),
                                outputs,
                                T,
                                null,
                                T,
                                null,
                                T),
                        new AttemptView(
                                2,
                                State.RUNNING,
                                "c",
                                Service.ROWS,
                                "j",
                                5,
                                3L,
                                Map.of(),
                                Map.of(),
                                T,
                                T,
                                null,
                                T,
                                null)),
                new ScoringView.SharedJob(12, 300));
        HistoryEntry move = new HistoryEntry(
                11,
                2,
                1,
                1,
                null,
                "STAGED",
                State.NOT_STARTED,
                State.RUNNING,
                T,
                null,
                "Running",
                "node-1",
                Actor.node("node-1"));
        ChangedFile changed = new ChangedFile(7, "n", "p", false, T);

        assertJson(
                RunMapper.detail(
                        run,
                        Map.of(State.RUNNING, 2),
                        List.of(scoring),
                        List.of(move),
                        true,
                        List.of(changed),
                        List.of(9L)),
                RunDetailJson.class,
                """
                {"id":7,"definition":"greetings","trigger":"request","occurrence":"key-1","state":"Running","cause":null,
                "scoringCount":3,"endedCount":1,"attentionCount":1,"parameters":{"bits":"3"},"fireTime":null,
                "createdAt":%1$s,"cancelRequestedAt":null,"endedAt":null,
                "forecast":{"calls":12,"by":%1$s,"limits":["5 calls in 60 s"]},"rerunOf":3,
                "links":{"self":"/api/v1/runs/7","cancel":"/api/v1/runs/7/cancel","moreScorings":"/api/v1/runs/7/scorings?after=2"},
                "counts":{"NotStarted":0,"Running":2,"Failed":0,"Cancelled":0,"Finished":0},
                "scorings":[{"position":2,"step":"STAGED","state":"NotStarted","stopReason":"cancel",
                "attention":"kills-its-node","cause":"why","files":{"input1":"a.csv"},"dueAt":%1$s,"endedAt":null,
                "attempts":[{"number":1,"state":"Finished","cause":null,"service":"RRS","jobId":null,"rowsIn":5,"rowsScored":null,"stagedAt":%1$s,
                "submittedAt":null,"startedAt":%1$s,"scoredAt":null,"endedAt":%1$s},{"number":2,"state":"Running","cause":"c",
                "service":"ROWS","jobId":"j","rowsIn":5,"rowsScored":3,"stagedAt":%1$s,"submittedAt":%1$s,"startedAt":null,"scoredAt":%1$s,
                "endedAt":null}],"outputs":{"out put":{"href":"/api/v1/runs/7/scorings/2/outputs/out%%20put","rows":5,
                "bytes":60,"sha256":"ab"}},"sharedJob":{"run":12,"files":300},"links":{"resume":"/api/v1/runs/7/scorings/2/resume"}}],
                "history":[{"id":11,"scoring":2,"seq":1,"attempt":1,"fromStep":null,"toStep":"STAGED","from":"NotStarted",
                "to":"Running","at":%1$s,"cause":null,"remoteWord":"Running","node":"node-1","actor":"node:node-1"}],"historyTruncated":true,
                "changed":[{"run":7,"name":"n","path":"p","since":%1$s,"links":{"run":"/api/v1/runs/7"}}],"reruns":[9]}""");
        RunJson failed = RunMapper.json(new RunView(
                8, "greetings", "schedule", "nightly", State.FAILED, "why", 1, 0, 0, null, T, T, T, T, null, null));
        assertJson(
                new RunPageJson(List.of(failed), null),
                RunPageJson.class,
                "{\"runs\":[" + FAILED_RUN + "],\"next\":null}");
        assertJson(
                new AcceptedRunJson(7, "greetings", null, null, Map.of("self", "/api/v1/runs/7")),
                AcceptedRunJson.class,
                "{\"id\":7,\"definition\":\"greetings\",\"state\":null,\"forecast\":null,\"links\":{\"self\":\"/api/v1/runs/7\"}}");
        assertJson(
                new ScoringPageJson(List.of(), null, Map.of()),
                ScoringPageJson.class,
                "{\"scorings\":[],\"next\":null,\"links\":{}}");
        assertJson(
                new AttentionJson(
                        List.of(AttentionApi.json(new AttentionView(7, 2, "e", Attention.FORGOTTEN, "c"))),
                        List.of(AttentionApi.json(new RetryingView(7, 2, "e", "c", 3, T))),
                        List.of(failed),
                        List.of(AttentionApi.json(new SkippedFile("f", "n", "r", T))),
                        1,
                        List.of(),
                        List.of(AttentionApi.json(new Failure("lake/in/", "Listing", "r", T)))),
                AttentionJson.class,
                """
                {"needsAttention":[{"run":7,"position":2,"endpoint":"e","attention":"forgotten","cause":"c",
                "links":{"resume":"/api/v1/runs/7/scorings/2/resume","run":"/api/v1/runs/7","cancel":"/api/v1/runs/7/cancel"}}],
                "waiting":[{"run":7,"position":2,"endpoint":"e","cause":"c","failedCalls":3,"dueAt":%1$s,
                "links":{"run":"/api/v1/runs/7"}}],"failed":[""" + FAILED_RUN + """
                ],"notTaken":[{"folder":"f","name":"n","reason":"r","since":%1$s}],"notTakenCount":1,"changed":[],
                "failingContainers":[{"container":"lake/in/","what":"Listing","reason":"r","since":%1$s}]}""");
        DropFolder drop = new DropFolder("f", "*", "input1", Duration.ofSeconds(61), Changed.QUARANTINE);
        assertJson(
                new DefinitionsJson(
                        List.of(new DefinitionJson(
                                "greetings",
                                "d",
                                "e",
                                1,
                                Map.of("input1", new InputJson(null, List.of("text"))),
                                Set.of("o"),
                                List.of(new RequestParameterJson("bits", "3", null)),
                                List.of(new ScheduleJson("n", "0 0 2 * * ?", "UTC", List.of(T), false)),
                                List.of(DefinitionsApi.json(drop)),
                                List.of(new ContainerJson("lake", "in/", "*", "input1", Duration.ofSeconds(5))))),
                        null),
                DefinitionsJson.class,
                """
                {"definitions":[{"name":"greetings","description":"d","endpoint":"e","priority":1,
                "inputs":{"input1":{"from":null,"columns":["text"]}},"outputs":["o"],
                "requestParameters":[{"name":"bits","fallback":"3","schema":null}],
                "schedules":[{"name":"n","cron":"0 0 2 * * ?","zone":"UTC","next":[%1$s],"over":false}],
                "dropFolders":[{"folder":"f","pattern":"*","input":"input1","settle":"PT1M1S","changed":"quarantine"}],
                "containers":[{"store":"lake","prefix":"in/","pattern":"*","input":"input1","settle":"PT5S"}]}],"next":null}""");
    }

    /** By the mapper of the node; that of the client reads it back. */
    private static void assertJson(Object value, Class<?> type, String json) {
        JsonMapper nodes = node.part(JsonMapper.class);
        String written = nodes.writeValueAsString(value);
        assertThat(nodes.readTree(written)).isEqualTo(nodes.readTree(json.formatted(TIME)));
        assertThat(JsonMapper.shared().readValue(written, type)).isEqualTo(value);
    }
}
