package dev.bes.orchestrator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.bes.orchestrator.run.Actor;
import dev.bes.orchestrator.run.State;
import dev.bes.orchestrator.run.command.Cancellation;
import dev.bes.orchestrator.run.query.RunReader;
import dev.bes.orchestrator.run.query.RunView;
import dev.bes.orchestrator.run.query.ScoringView.AttemptView;
import dev.bes.orchestrator.trigger.request.RequestFile.Upload;
import dev.bes.sandbox.journal.JournalEntry;
import dev.bes.sandbox.journal.JournalEntry.Event;
import dev.bes.sandbox.settings.BatchEndpointSettings;
import dev.bes.sandbox.settings.NextFaults.Fault;
import dev.bes.sandbox.settings.StateTimes;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs of Azure Machine Learning, as the sandbox plays it, from the request to the delivered output: by a whole node, in both modes. */
@Tag("slow")
class AzuremlTests {
    private static final String CONTAINER = "azureml-runs";
    private static final String HEADER = Stream.concat(
                    Stream.of("Col2"), IntStream.range(0, 8).mapToObj(i -> "Col2_HashingFeature." + i))
            .collect(Collectors.joining(","));
    private static final StateTimes SHORT = new StateTimes(
            Duration.ofMillis(20), Duration.ofMillis(20), Duration.ofMillis(300), Duration.ofMillis(20), Duration.ofMillis(300));

    @TempDir
    static Path folder;

    private static OrchestratorNode node;

    @BeforeAll
    static void start() {
        JobFolder jobs = new JobFolder(folder);
        Map<String, String> properties = new TreeMap<>(Map.of("orchestrator.blobs.container", CONTAINER));
        for (String mode : List.of("named", "invoke")) {
            for (String service : List.of("SimpleFeatureHashingExperiment", "HangsForever")) {
                String name = (service.startsWith("Hang") ? "hang-" : "hash-") + mode;
                jobs.write("definitions/" + name + ".yaml", """
                        name: %1$s
                        endpoint: %1$s
                        inputs:
                          input1: {columns: [Col2]}
                        outputs:
                          score: {header: absent, columns: [%2$s]}
                        """.formatted(name, HEADER));
                OrchestratorNode.azureml(name, service, mode, CONTAINER)
                        .forEach((property, value) -> properties.put(property, String.valueOf(value)));
            }
        }
        properties.put("orchestrator.pipeline.start-grace", "500ms");
        node = OrchestratorNode.start(folder, TestEnvironment.newDatabase(), properties);
    }

    @AfterEach
    void reset() {
        TestEnvironment.sandbox().batchEndpoints(BatchEndpointSettings.DEFAULT);
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    private static void sandbox(BatchEndpointSettings settings) {
        TestEnvironment.sandbox().batchEndpoints(settings);
    }

    private static Map<String, Upload> file() {
        byte[] rows = "Col2\nThis is a good day\n\"A gull, again\"\n".getBytes(UTF_8);
        return Map.of("input1", new Upload("day.csv", () -> new ByteArrayInputStream(rows)));
    }

    private static AttemptView attempt(RunView run) {
        return node.part(RunReader.class).scorings(run.id(), 0, 1).getFirst().attempts().getFirst();
    }

    private static AttemptView delivered(RunView run) {
        assertThat(run.state()).as(run.cause()).isEqualTo(State.FINISHED);
        return attempt(run);
    }

    /** What the sandbox wrote down of the jobs that were to write below a run's folder. */
    private static List<JournalEntry> jobs(long run, Event event) {
        List<JournalEntry> all = TestEnvironment.sandbox().journal().entries();
        List<String> jobs = all.stream()
                .filter(entry -> entry.event() == Event.SUBMIT
                        && String.valueOf(entry.fact("outputs")).contains(CONTAINER + "/out/" + run + "/"))
                .map(entry -> String.valueOf(entry.job()))
                .toList();
        return all.stream()
                .filter(entry -> entry.event() == event && jobs.contains(String.valueOf(entry.job())))
                .toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"hash-named", "hash-invoke"})
    void deliversWithTheHeaderOfTheDefinition(String definition) throws IOException {
        sandbox(BatchEndpointSettings.DEFAULT.withStateTimes(SHORT));
        RunView run = node.score(definition, file());

        Path output = Path.of(delivered(run).outputs().get("score").file());
        assertThat(Files.readAllLines(output))
                .hasSize(3)
                .startsWith(HEADER)
                .anyMatch(line -> line.startsWith("\"A gull, again\","));
    }

    @ParameterizedTest
    @ValueSource(strings = {"hash-named", "hash-invoke"})
    void keepsTheStateOfAJobThatDoesNotRespondOrGoesBack(String definition) {
        sandbox(BatchEndpointSettings.DEFAULT
                .withStateTimes(SHORT)
                .withNext(Fault.GOES_BACK, 1)
                .withNext(Fault.NOT_RESPONDING, 1));

        RunView run = node.score(definition, file());
        delivered(run);
        assertThat(node.part(RunReader.class).history(run.id(), 100))
                .extracting(entry -> entry.to().ordinal())
                .isSorted();
    }

    @ParameterizedTest
    @ValueSource(strings = {"hash-named", "hash-invoke"})
    void namesTheRowsThatTheDeploymentDropped(String definition) {
        sandbox(BatchEndpointSettings.DEFAULT.withLostRows(1));
        RunView run = node.score(definition, file());

        assertThat(run.state()).isEqualTo(State.FAILED);
        assertThat(attempt(run).cause())
                .isEqualTo("Output 'score' has 1 rows for 2 rows of input; it is not delivered");
    }

    @ParameterizedTest
    @ValueSource(strings = {"hang-named", "hang-invoke"})
    void cancelsAJobAndWaitsUntilItIsCanceled(String definition) {
        sandbox(BatchEndpointSettings.DEFAULT.withStateTimes(SHORT));
        long run = node.request(definition, file());
        await().until(() -> node.part(RunReader.class).find(run).orElseThrow().state(), State.RUNNING::equals);

        node.part(Cancellation.class).cancel(run, Actor.user("ada"));
        assertThat(node.ended(run).state()).isEqualTo(State.CANCELLED);
        assertThat(jobs(run, Event.STATE).getLast().fact("status")).isEqualTo("Canceled");
    }

    @Test
    void findsTheJobOfAnInvocationWhoseAnswerIsLost() {
        sandbox(BatchEndpointSettings.DEFAULT
                .withNext(Fault.ANSWER_LOST_AFTER, 1)
                .withJobsPerInvoke(3)
                .withListLag(Duration.ofMillis(300)));
        RunView run = node.score("hash-invoke", file());

        AttemptView attempt = delivered(run);
        assertThat(jobs(run.id(), Event.START)).hasSize(3).first().satisfies(oldest -> assertThat(oldest.job())
                .isEqualTo(attempt.jobId()));
        assertThat(jobs(run.id(), Event.DELETE)).hasSize(2);
        assertThat(node.part(RunReader.class).history(run.id(), 100))
                .anyMatch(entry -> String.valueOf(entry.cause()).contains("2 cancelled, which may be charged"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ANSWER_LOST_BEFORE", "ANSWER_LOST_AFTER"})
    void createsOneJobUnderItsNameWhateverIsLost(Fault fault) {
        sandbox(BatchEndpointSettings.DEFAULT.withNext(fault, 1));
        RunView run = node.score("hash-named", file());

        delivered(run);
        assertThat(jobs(run.id(), Event.START)).hasSize(1);
    }

    /** A token for another audience is refused, and replaced. */
    @ParameterizedTest
    @ValueSource(strings = {"hash-named", "hash-invoke"})
    void goesOnWithShortTokensAndAfterAWrongOne(String definition) {
        sandbox(BatchEndpointSettings.DEFAULT
                .withStateTimes(SHORT)
                .withTokenLifetime(Duration.ofSeconds(1))
                .withNext(Fault.WRONG_AUDIENCE, 1));

        delivered(node.score(definition, file()));
    }
}
