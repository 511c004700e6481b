package dev.bes.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bes.api.client.OrchestratorClient;
import dev.bes.orchestrator.run.State;
import dev.bes.orchestrator.run.journal.HistoryEntry;
import dev.bes.orchestrator.run.query.RunReader;
import dev.bes.orchestrator.run.query.RunView;
import dev.bes.orchestrator.run.query.ScoringView;
import dev.bes.orchestrator.run.query.ScoringView.AttemptView;
import dev.bes.orchestrator.run.query.ScoringView.Service;
import dev.bes.orchestrator.trigger.request.RequestFile.Upload;
import dev.bes.sandbox.Sandbox;
import dev.bes.sandbox.SandboxOptions;
import dev.bes.sandbox.catalogue.WebService;
import dev.bes.sandbox.journal.JournalEntry;
import dev.bes.sandbox.journal.JournalEntry.Event;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Small inputs scored in one call, beside others that need a remote job: on real parts, with the remote side's journal. */
@Tag("slow")
class RequestResponseTests {
    private static final String ODD = "\uFEFFid,text,\"a \"\"note\"\", or two\"\n"
            + "007,This is a good day,\n"
            + ",\"two\r\nlines, and a \"\"quote\"\"\", padded \n\n"
            + "1e3,zwölf Möwen 🦅,NULL\n";

    /** Calls in a minute that the gateway lets through for the product Starter. */
    private static final int CALLS = 5;

    @TempDir
    static Path folder;

    private static Sandbox starter;
    private static OrchestratorNode node;

    @BeforeAll
    static void start() {
        new JobFolder(folder)
                .definition("small", "feature-hashing", "request-response:\n  rows: 3\n")
                .definition("large", "feature-hashing", "")
                .write("definitions/data/small/a.csv", "text\none\ntwo\nthree\n")
                .write("definitions/data/small/b.csv", "text\none\ntwo\nthree\nfour\n")
                .write("definitions/data/large/a.csv", "text\none\n")
                .definition("careless", "feature-hashing", "request-response:\n  rows: 3\n")
                .write("definitions/data/careless/a.csv", "text\none\n")
                .write("definitions/data/careless/b.csv", "other\none\n");
        Path careless = folder.resolve("definitions/careless.yaml");
        write(careless, read(careless).replace("    columns: [text]\n", ""));
        for (int i = 0; i < CALLS + 3; i++) {
            new JobFolder(folder).write("definitions/data/hurried/" + i + ".csv", "text\n" + i + "\n");
        }
        new JobFolder(folder).definition("hurried", "starter", "request-response:\n  rows: 3\n");
        // a minute of the gateway's is two seconds
        starter = Sandbox.start(SandboxOptions.defaults()
                .withBlobConnectionString(TestEnvironment.sandbox().blobConnectionString())
                .withPeriodScale(1 / 30.0));
        node = OrchestratorNode.start(folder, TestEnvironment.newDatabase(), starterEndpoint());
    }

    @AfterAll
    static void stop() {
        node.close();
        starter.close();
    }

    @Test
    void deliversTheSameBytesBothWays() {
        RunView small = node.score("small", upload(ODD));
        RunView large = node.score("large", upload(ODD));

        AttemptView answered = onlyAttempt(small);
        AttemptView scored = onlyAttempt(large);
        assertThat(answered.service()).isEqualTo(Service.RRS);
        assertThat(scored.service()).isEqualTo(Service.JOB);
        assertThat(read(delivered(answered))).isEqualTo(read(delivered(scored))).contains("007,This is a good day,,");
        assertThat(answered.outputs().values())
                .extracting(o -> o.sha256() + o.rows())
                .isEqualTo(scored.outputs().values().stream()
                        .map(o -> o.sha256() + o.rows())
                        .toList());
        assertThat(answered.staged())
                .extractingFromEntries(e -> e.getValue().sha256())
                .isEqualTo(scored.staged().values().stream()
                        .map(s -> (Object) s.sha256())
                        .toList());
    }

    @Test
    void makesOneCallAndWritesDownEveryMove() {
        long before = TestEnvironment.sandbox().journal().entries().size();
        RunView run = node.score("small", upload("text\none\n"));

        assertThat(since(before, Event.CALL)).singleElement().satisfies(call -> {
            assertThat(call.fact("path")).asString().endsWith("/execute");
            assertThat(call.fact("port")).isEqualTo("managed");
        });
        AttemptView attempt = onlyAttempt(run);
        assertThat(attempt.jobId()).isNull();
        assertThat(since(before, Event.EXECUTE))
                .extracting(e -> e.fact("sha256"))
                .containsExactly(attempt.outputs().get("output1").sha256());
        assertThat(node.part(RunReader.class).history(run.id(), 100))
                .filteredOn(h -> h.scoring() != null)
                .extracting(HistoryEntry::toStep)
                .containsExactly("STAGED", "SCORED", "DELIVERED");
    }

    @Test
    void takesWhatIsWithinTheLimitAndNoMoreThanThat() {
        RunView run = node.score("small", Map.of());

        assertThat(run.state()).as(run.cause()).isEqualTo(State.FINISHED);
        assertThat(scorings(run))
                .extracting(s -> s.attempts().getFirst().rowsIn())
                .containsExactly(3L, 4L);
        assertThat(scorings(run))
                .extracting(s -> s.attempts().getFirst().service())
                .containsExactly(Service.RRS, Service.JOB);
    }

    @Test
    void failsOnlyWhatIsRejectedAndSaysWhy() {
        RunView run = node.score("careless", Map.of());

        assertThat(run.state()).isEqualTo(State.FAILED);
        assertThat(scorings(run)).extracting(ScoringView::state).containsExactly(State.FINISHED, State.FAILED);
        assertThat(scorings(run).getLast().cause())
                .isEqualTo("RRS did not score it: Endpoint feature-hashing, execute: 400 ModuleExecutionFailed:"
                        + " Error 0001: Column with name or index \"text\" not found.");
    }

    @Test
    void losesNothingByCallsThatAreThrottled() {
        RunView run = node.score("hurried", Map.of());

        assertThat(run.state()).as(run.cause()).isEqualTo(State.FINISHED);
        assertThat(scorings(run))
                .hasSize(CALLS + 3)
                .allSatisfy(scoring -> assertThat(scoring.attempts())
                        .singleElement()
                        .extracting(AttemptView::service)
                        .isEqualTo(Service.RRS));
        assertThat(starter.journal().entries())
                .filteredOn(entry -> entry.event() == Event.EXECUTE)
                .hasSize(CALLS + 3);
        assertThat(node.part(JdbcClient.class)
                        .sql(
                                "SELECT count(*) FROM submit_intent i JOIN scoring s ON s.id = i.scoring_id WHERE run_id = ?")
                        .param(run.id())
                        .query(Long.class)
                        .single())
                .as("intents, without those that were withdrawn")
                .isEqualTo(CALLS + 3L);
    }

    private static Map<String, String> starterEndpoint() {
        String prefix = "orchestrator.endpoints.starter.";
        WebService service = starter.service("SimpleFeatureHashingExperiment");
        return Map.of(
                prefix + "url", starter.managedUrl() + service.path(),
                prefix + "service-key", service.apiKey(),
                prefix + "subscription-key", starter.subscription("starter").primaryKey());
    }

    @Test
    void saysWhichWayAScoringWent() {
        RunView run = node.score("small", Map.of());

        assertThat(get("/api/v1/runs/" + run.id())).contains("\"service\":\"RRS\"", "\"service\":\"JOB\"");
        assertThat(get("/runs/" + run.id())).contains("<abbr", ">RRS</abbr>");
    }

    private static String get(String path) {
        try (OrchestratorClient client = new OrchestratorClient(node.url())) {
            return client.text(path);
        }
    }

    private static Map<String, Upload> upload(String csv) {
        byte[] content = csv.getBytes(StandardCharsets.UTF_8);
        return Map.of("input1", new Upload("odd.csv", () -> new ByteArrayInputStream(content)));
    }

    private static List<JournalEntry> since(long before, Event event) {
        return TestEnvironment.sandbox().journal().entries().stream()
                .filter(e -> e.seq() > before && e.event() == event)
                .toList();
    }

    private static List<ScoringView> scorings(RunView run) {
        return node.part(RunReader.class).scorings(run.id(), 0, 10);
    }

    private static AttemptView onlyAttempt(RunView run) {
        assertThat(run.state()).as(run.cause()).isEqualTo(State.FINISHED);
        assertThat(scorings(run))
                .singleElement()
                .satisfies(s -> assertThat(s.attempts()).hasSize(1));
        return scorings(run).getFirst().attempts().getFirst();
    }

    private static Path delivered(AttemptView attempt) {
        return Path.of(attempt.outputs().values().iterator().next().file());
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
