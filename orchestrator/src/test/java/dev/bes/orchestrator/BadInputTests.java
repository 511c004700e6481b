package dev.bes.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bes.orchestrator.definition.Definition;
import dev.bes.orchestrator.definition.Definitions;
import dev.bes.orchestrator.run.InputFile;
import dev.bes.orchestrator.run.NewRun;
import dev.bes.orchestrator.run.RunReader;
import dev.bes.orchestrator.run.RunView;
import dev.bes.orchestrator.run.Runs;
import dev.bes.orchestrator.run.ScoringView;
import dev.bes.orchestrator.run.State;
import dev.bes.orchestrator.trigger.Requests.Upload;
import dev.bes.orchestrator.trigger.UnknownDefinitionException;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Everything that can be wrong with what comes in: a clear word where its user looks, and the neighbours go on. */
class BadInputTests {
    private static final String GOOD = "text\nThis is a good day\n";

    @TempDir
    static Path folder;

    private static OrchestratorNode node;

    @BeforeAll
    static void start() {
        JobFolder jobs = new JobFolder(folder)
                .definition("hash", "feature-hashing", "")
                .definition("many", "feature-hashing", "")
                .definition("fails", "always-fails", "")
                .definition("twice", "always-fails", "attempts:\n  max: 2\n  backoff: 1s\n")
                .definition("never", "never-writes", "")
                .definition("refused", "wrong-service-key", "")
                .definition("keyless", "wrong-subscription-key", "");
        jobs.write("definitions/data/many/1-good.csv", GOOD)
                .write("definitions/data/many/2-ragged.csv", "text\na\nb,c\n")
                .write("definitions/data/many/3-good.csv", GOOD);
        Map<String, String> properties = new LinkedHashMap<>();
        endpoint("wrong-service-key").forEach((key, value) -> properties.put(key, value.toString()));
        endpoint("wrong-subscription-key").forEach((key, value) -> properties.put(key, value.toString()));
        properties.put("orchestrator.endpoints.wrong-service-key.service-key", "bm90LXRoZS1rZXk=");
        properties.put("orchestrator.endpoints.wrong-subscription-key.subscription-key", "0".repeat(32));
        node = OrchestratorNode.start(folder, Laptop.newDatabase(), properties);
    }

    private static Map<String, Object> endpoint(String name) {
        return OrchestratorNode.endpoint(name, "SimpleFeatureHashingExperiment");
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    @Test
    void refusesAnEmptyFile() {
        assertThat(failure("hash", "")).isEqualTo("Input 'input1' (day.csv) is empty");
    }

    @Test
    void refusesAHeaderWithoutRows() {
        assertThat(failure("hash", "text\n")).isEqualTo("Input 'input1' (day.csv) has a header but no rows");
    }

    @Test
    void namesTheLineOfARaggedRow() {
        assertThat(failure("hash", "text,n\na,1\n\"b\nb\",2\nc\n"))
                .isEqualTo("Input 'input1' (day.csv) line 5 has 1 fields, the header has 2");
    }

    @Test
    void namesTheColumnThatIsMissing() {
        assertThat(failure("hash", "words,n\na,1\n"))
                .isEqualTo("Input 'input1' (day.csv) has no column 'text'; its header is: words, n");
    }

    @Test
    void keepsAReasonThatNoDatabaseTextCouldHold() {
        assertThat(failure("hash", "wo\u0000rds\na\n"))
                .isEqualTo("Input 'input1' (day.csv) has no column 'text'; its header is: wo rds");
    }

    @Test
    void namesTheLineThatIsNotUtf8() {
        byte[] latin1 = "text\ngood\nM\u00fcnchen\n".getBytes(StandardCharsets.ISO_8859_1);

        assertThat(failure("hash", latin1))
                .isEqualTo("Input 'input1' (day.csv) line 3 is not UTF-8; save the file as UTF-8 and try again");
    }

    @Test
    void saysThatAFileVanishedBeforeItWasStaged() {
        Definition definition = node.part(Definitions.class).find("hash").orElseThrow();
        InputFile gone = new InputFile(folder.resolve("gone.csv").toString(), "gone.csv");
        long run = node.part(Runs.class)
                .accept(NewRun.requested(
                        definition, "request:vanished", null, Map.of(), List.of(Map.of("input1", gone))))
                .id();

        assertThat(node.ended(run).cause()).startsWith("Input 'input1' (gone.csv) is no longer there");
    }

    @Test
    void goesOnWithTheNeighboursOfABadFile() throws Exception {
        RunView run = node.score("many", Map.of());
        List<ScoringView> scorings = node.part(RunReader.class).scorings(run.id(), 0, 10);

        assertThat(run.state()).isEqualTo(State.FAILED);
        assertThat(run.cause())
                .isEqualTo("1 of 3 failed: Input 'input1' (2-ragged.csv) line 3 has 2 fields, the header has 1");
        assertThat(scorings)
                .extracting(ScoringView::state)
                .containsExactly(State.FINISHED, State.FAILED, State.FINISHED);
        assertThat(Files.exists(folder.resolve("definitions/data/many/2-ragged.csv")))
                .isTrue();
    }

    @Test
    void refusesADefinitionThatThereIsNot() {
        assertThatThrownBy(() -> node.score("hasch", Map.of()))
                .isInstanceOf(UnknownDefinitionException.class)
                .hasMessageStartingWith("There is no definition 'hasch'; known are: ");
    }

    @Test
    void saysWhichServiceKeyIsWrong() {
        assertThat(failure("refused", GOOD)).contains("orchestrator.endpoints.wrong-service-key.service-key");
    }

    @Test
    void saysWhichSubscriptionKeyIsWrong() {
        assertThat(failure("keyless", GOOD)).contains("orchestrator.endpoints.wrong-subscription-key.subscription-key");
    }

    @Test
    void showsTheDetailsOfARemoteFailure() {
        assertThat(failure("fails", GOOD)).startsWith("The remote job failed: ").hasSizeGreaterThan(40);
    }

    @Test
    void triesAsOftenAsTheDefinitionSays() {
        RunView run = node.score("twice", upload(GOOD.getBytes(StandardCharsets.UTF_8)));

        assertThat(node.part(RunReader.class)
                        .scorings(run.id(), 0, 1)
                        .getFirst()
                        .attempts())
                .extracting(a -> a.n(), a -> a.state())
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(1, State.FAILED),
                        org.assertj.core.groups.Tuple.tuple(2, State.FAILED));
    }

    @Test
    void doesNotWaitForEverForAnOutput() {
        assertThat(failure("never", GOOD)).startsWith("The remote job finished, but its output never appeared within");
    }

    private static String failure(String definition, String content) {
        return failure(definition, content.getBytes(StandardCharsets.UTF_8));
    }

    private static String failure(String definition, byte[] content) {
        RunView run = node.score(definition, upload(content));
        assertThat(run.state()).as(run.cause()).isEqualTo(State.FAILED);
        return String.valueOf(run.cause());
    }

    private static Map<String, Upload> upload(byte[] content) {
        return Map.of("input1", new Upload("day.csv", () -> new ByteArrayInputStream(content)));
    }
}
