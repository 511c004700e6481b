package dev.bes.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.bes.api.client.OrchestratorClient;
import dev.bes.api.run.ScoringJson.AttemptJson;
import dev.bes.orchestrator.run.Actor;
import dev.bes.orchestrator.run.State;
import dev.bes.orchestrator.run.command.Cancellation;
import dev.bes.orchestrator.run.query.RunReader;
import dev.bes.orchestrator.run.query.RunView;
import dev.bes.orchestrator.run.query.ScoringView;
import dev.bes.orchestrator.trigger.request.RequestFile.Upload;
import dev.bes.sandbox.Sandbox;
import dev.bes.sandbox.SandboxOptions;
import dev.bes.sandbox.journal.JournalEntry;
import dev.bes.sandbox.journal.JournalEntry.Event;
import dev.bes.sandbox.settings.RrsCapacity;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows scored in batches by a model server, on real parts, with the server's journal. */
@Tag("slow")
class InferenceTests {
    private static final int ROWS = 10_000;
    private static final String HEADER = "Speed IAS in knots,Large,Damage\n";

    @TempDir
    static Path folder;

    private static Sandbox far;
    private static OrchestratorNode node;

    @BeforeAll
    static void start() {
        new JobFolder(folder)
                .write("definitions/by-model.yaml", definition("by-model", "damage-model", ""))
                .write("definitions/eager.yaml", definition("eager", "eager", ""))
                .write("definitions/by-job.yaml", definition("by-job", "damage-job", ""))
                .write(
                        "definitions/chosen.yaml",
                        definition(
                                "chosen",
                                "damage-model",
                                "    columns: [Scored Probabilities, Damage]\nparameters:\n  Threshold: \"0.9\"\n"));
        far = Sandbox.start(SandboxOptions.defaults()
                .withServiceTime(Duration.ZERO, Duration.ZERO)
                .withBlobConnectionString(TestEnvironment.sandbox().blobConnectionString()));
        Map<String, String> settings = new LinkedHashMap<>();
        for (String name : List.of("damage-model", "eager")) {
            settings.put("orchestrator.endpoints." + name + ".kind", "inference");
            settings.put(
                    "orchestrator.endpoints." + name + ".url", far.directUrl().toString());
            settings.put("orchestrator.endpoints." + name + ".inference.model", "DamagePrediction");
            settings.put("orchestrator.endpoints." + name + ".inference.batch-rows", "700");
        }
        settings.put("orchestrator.endpoints.eager.inference.parallel-batches", "8");
        settings.put(
                "orchestrator.endpoints.damage-job.url",
                far.directUrl() + far.service("DamagePrediction").path());
        settings.put(
                "orchestrator.endpoints.damage-job.service-key",
                far.service("DamagePrediction").apiKey());
        node = OrchestratorNode.start(folder, TestEnvironment.newDatabase(), settings);
    }

    @AfterAll
    static void stop() {
        node.close();
        far.close();
    }

    @AfterEach
    void reset() {
        far.rrsCapacity(RrsCapacity.DEFAULT);
    }

    private static String definition(String name, String endpoint, String more) {
        return """
                name: %s
                description: Predicts damage.
                endpoint: %s
                inputs:
                  input1:
                    from: data/%s/*.csv
                    columns: [Large]
                outputs:
                  output1:
                    rows: same
                %s""".formatted(name, endpoint, name, more);
    }

    private static String rows(int count) {
        return HEADER
                + IntStream.range(0, count)
                        .mapToObj(row -> row % 500 + "," + row % 2 + "," + (row % 3 == 0 ? "Yes" : "\"N,o\"") + "\n")
                        .collect(Collectors.joining());
    }

    private static Map<String, Upload> upload(String csv) {
        byte[] content = csv.getBytes(StandardCharsets.UTF_8);
        return Map.of("input1", new Upload("strikes.csv", () -> new ByteArrayInputStream(content)));
    }

    private static ScoringView scoring(RunView run) {
        return node.part(RunReader.class).scorings(run.id(), 0, 10).getFirst();
    }

    private static Path delivered(RunView run) {
        assertThat(run.state()).as(run.cause()).isEqualTo(State.FINISHED);
        var outputs = scoring(run).attempts().getLast().outputs();
        return Path.of(Objects.requireNonNull(outputs.get("output1")).file());
    }

    private static List<JournalEntry> scored(long after) {
        return far.journal().entries().stream()
                .filter(entry -> entry.seq() > after && entry.event() == Event.EXECUTE)
                .toList();
    }

    private static long now() {
        return far.journal().entries().size();
    }

    @Test
    void deliversWhatAJobDeliversInBatches() {
        Path byJob = delivered(node.score("by-job", upload(rows(ROWS))));
        long before = now();
        RunView run = node.score("by-model", upload(rows(ROWS)));

        assertThat(delivered(run)).hasSameBinaryContentAs(byJob);
        assertThat(scored(before))
                .hasSize(15)
                .allSatisfy(entry -> assertThat((Integer) entry.fact("rows")).isLessThanOrEqualTo(700));
        assertThat(node.part(RunReader.class).history(run.id(), 100))
                .filteredOn(entry -> entry.scoring() != null)
                .extracting(entry -> entry.to().word())
                .containsExactly("NotStarted", "NotStarted", "NotStarted", "Running", "Finished");
    }

    @Test
    void showsTheRowsThatAreScored() {
        RunView run = node.score("by-model", upload(rows(1500)));

        try (OrchestratorClient client = new OrchestratorClient(node.url())) {
            AttemptJson attempt = client.api()
                    .scorings(run.id(), 0)
                    .scorings()
                    .getFirst()
                    .attempts()
                    .getFirst();
            assertThat(attempt.rowsScored()).isEqualTo(1500);
            assertThat(attempt.service()).isEqualTo("ROWS");
            assertThat(attempt.jobId()).isNull();
            assertThat(client.text("/runs/" + run.id())).contains("1,500 rows scored");
        }
    }

    @Test
    void deliversTheColumnsOfTheDefinitionAndSendsItsParameters() {
        RunView run = node.score("chosen", upload(HEADER + "300,1,Yes\n"));

        assertThat(delivered(run))
                .content()
                .startsWith("Scored Probabilities,Damage\r\n0.75026")
                .endsWith(",Yes\r\n");
    }

    @Test
    void refusesATextInANumberColumnWithItsLineBeforeTheFirstCall() {
        long before = now();
        RunView run = node.score("by-model", upload(rows(3000) + "fast,1,Yes\n"));

        assertThat(run.state()).isEqualTo(State.FAILED);
        assertThat(scoring(run).cause())
                .isEqualTo("The model does not score it: Line 3,002 of the input, column 'Speed IAS in knots':"
                        + " 'fast' is no INT32");
        assertThat(scored(before)).isEmpty();
    }

    @Test
    void refusesAFileWithoutAColumnOfTheModel() {
        RunView run = node.score("by-model", upload("Large,Damage\n1,Yes\n"));

        assertThat(run.cause())
                .contains("Line 1 of the input has no column 'Speed IAS in knots', which the model needs as INT32");
    }

    @Test
    void losesNothingAndRepeatsNothingWhenTheServerHasTooManyCalls() {
        far.rrsCapacity(RrsCapacity.DEFAULT.withMaxConcurrentCalls(4).withCallTime(Duration.ofMillis(30)));
        long before = now();
        RunView run = node.score("eager", upload(rows(7000)));

        assertThat(run.state()).as(run.cause()).isEqualTo(State.FINISHED);
        assertThat(scored(before)).hasSize(10);
        assertThat(far.journal().entries())
                .filteredOn(
                        entry -> entry.seq() > before && Integer.valueOf(429).equals(entry.fact("status")))
                .isNotEmpty();
    }

    @Test
    void stopsWhenTheRunIsCancelled() {
        far.rrsCapacity(RrsCapacity.DEFAULT.withCallTime(Duration.ofMillis(1100)));
        long before = now();
        long run = node.request("by-model", upload(rows(ROWS)));
        await().atMost(Duration.ofSeconds(20)).until(() -> !scored(before).isEmpty());
        node.part(Cancellation.class).cancel(run, Actor.user("ada"));

        assertThat(node.ended(run).state()).isEqualTo(State.CANCELLED);
        await().during(Duration.ofMillis(1500))
                .atMost(Duration.ofSeconds(10))
                .until(() -> scored(before).size() <= 12);
    }
}
