package dev.bes.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bes.orchestrator.definition.Definition;
import dev.bes.orchestrator.definition.Definitions;
import dev.bes.orchestrator.run.Actor;
import dev.bes.orchestrator.run.InputFile;
import dev.bes.orchestrator.run.State;
import dev.bes.orchestrator.run.acceptance.NewRun;
import dev.bes.orchestrator.run.acceptance.RunAcceptance;
import dev.bes.orchestrator.run.query.RunReader;
import dev.bes.orchestrator.run.query.RunView;
import dev.bes.orchestrator.run.query.ScoringView;
import dev.bes.orchestrator.trigger.RunRefusedException;
import dev.bes.orchestrator.trigger.request.RequestFile.Upload;
import dev.bes.sandbox.journal.JournalEntry.Event;
import java.io.ByteArrayInputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Everything that can be wrong with what comes in: a clear word where its user looks, and the neighbours go on. */
@Tag("slow")
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
                .definition("small", "feature-hashing", "request-response:\n  rows: 5\n")
                .write("definitions/any.yaml", """
                        name: any
                        description: Any header will do.
                        endpoint: feature-hashing
                        inputs:
                          input1: {}
                        outputs:
                          output1: {}
                        parameters:
                          Target column: text
                        """.getBytes(StandardCharsets.UTF_8))
                .definition("keyless", "wrong-subscription-key", "");
        jobs.write("definitions/data/many/1-good.csv", GOOD)
                .write("definitions/data/many/2-ragged.csv", "text\na\nb,c\n")
                .write("definitions/data/many/3-good.csv", GOOD);
        Map<String, String> properties = new LinkedHashMap<>();
        endpoint("wrong-service-key").forEach((key, value) -> properties.put(key, value.toString()));
        endpoint("wrong-subscription-key").forEach((key, value) -> properties.put(key, value.toString()));
        properties.put("orchestrator.endpoints.wrong-service-key.service-key", "bm90LXRoZS1rZXk=");
        properties.put("orchestrator.endpoints.wrong-subscription-key.subscription-key", "0".repeat(32));
        node = OrchestratorNode.start(folder, TestEnvironment.newDatabase(), properties);
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
                .isEqualTo("Input 'input1' (day.csv) has no column 'text'; its header is: 'words', 'n'");
    }

    @Test
    void keepsAReasonThatNoDatabaseTextCouldHold() {
        assertThat(failure("hash", "wo\u200Brds\na\n"))
                .isEqualTo("Input 'input1' (day.csv) has no column 'text'; its header is: 'wo⟨U+200B⟩rds'");
        assertThat(failure("hash", "wo\u0000rds\na\n"))
                .startsWith("Input 'input1' (day.csv) line 1, column 3 holds U+0000 (NUL), a control character");
    }

    @Test
    void refusesUtf16WithoutAMarkByItsName() {
        for (Charset charset : List.of(StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE)) {
            for (String text :
                    List.of("text\nIt was fine\n", "id,text\r\n1,It was fine\r\n", "text\nT\u00fcr klemmt\n")) {
                assertThat(refusal("hash", text.getBytes(charset)))
                        .isEqualTo("Input 'input1' (day.csv) line 1 is not UTF-8, the file looks like UTF-16;"
                                + " save the file as UTF-8 and try again");
            }
        }
    }

    @Test
    void refusesTailsAndHolesWithTheirPlace() {
        String rows = "id,text\n1,It was a fine morning\n";
        assertThat(refusal("hash", rows + "\u001a"))
                .startsWith("Input 'input1' (day.csv) line 3, column 1 holds U+001A (Ctrl-Z), a control character;");
        assertThat(refusal("hash", "text\na\n\u001a")).contains(" line 3, column 1 holds U+001A (Ctrl-Z)");
        assertThat(refusal("hash", rows + "2,The pu" + "\0".repeat(512) + "again\n"))
                .contains(" line 3, column 9 holds U+0000 (NUL), a control character;");
        assertThat(refusal("small", "text\na\n" + "\0".repeat(4096))).contains(" line 3, column 1 holds U+0000 (NUL)");
    }

    @Test
    void showsWhatCannotBeSeenInAHeader() {
        for (String definition : List.of("hash", "any")) {
            assertThat(refusal(definition, "text\u00a0\na\n"))
                    .contains("but 'text⟨U+00A0⟩', which holds U+00A0 (no-break space)");
            assertThat(refusal(definition, "te\u200bxt\na\n")).contains("but 'te⟨U+200B⟩xt', which holds U+200B");
            assertThat(refusal(definition, "text \na\n")).contains("but 'text ' (blanks count)");
            assertThat(refusal(definition, "Text\na\n")).contains("but 'Text' (capitals count)");
            assertThat(refusal(definition, "text,n,text\na,1,b\n")).contains("has the column 'text' more than once");
            assertThat(refusal(definition, "sep=,\r\nn,text\r\n1,a\r\n"))
                    .contains("line 1 is 'sep=,', an instruction for Excel");
            assertThat(refusal(definition, "\uFEFF\uFEFFtext\na\n")).contains("a second byte order mark (U+FEFF)");
            assertThat(refusal(definition, "n;text\n1;a\n")).contains("looks separated by ';'");
        }
    }

    @Test
    void refusesBlankLinesThatMayBeValues() {
        assertThat(refusal("hash", "text\na\n\nb\n")).contains(" line 3 is blank. In a file with one column");
        assertThat(refusal("small", "text\na\n\n")).contains(" line 3 is blank. In a file with one column");
        assertThat(refusal("hash", "\ntext\na\n")).contains(" line 1 is blank, but the header must stand there");
    }

    @Test
    void scoresEveryRowThatItCounts() {
        String wide = "column,".repeat(16_383) + "text\n" + "1,".repeat(16_383) + "a\n";
        for (String definition : List.of("hash", "small")) {
            for (String text : List.of(
                    "text\na\n\"\"\n \nb",
                    "id,text\n\n1,a\n\n2,b\n\n",
                    "text\n\"a\rb\"\nc\n",
                    "id,text\r1,\"\r\"\r2,b",
                    wide)) {
                RunView run = node.score(definition, upload(text.getBytes(StandardCharsets.UTF_8)));
                assertThat(run.state()).as(run.cause()).isEqualTo(State.FINISHED);
            }
        }
    }

    @Test
    void namesTheLineThatIsNotUtf8() {
        byte[] latin1 = "text\ngood\nM\u00fcnchen\n".getBytes(StandardCharsets.ISO_8859_1);

        assertThat(failure("hash", latin1))
                .isEqualTo(
                        "Input 'input1' (day.csv) line 3 is not UTF-8 (column 2); save the file as UTF-8 and try again");
    }

    @Test
    void saysThatAFileVanishedBeforeItWasStaged() {
        Definition definition = node.part(Definitions.class).find("hash").orElseThrow();
        InputFile gone = new InputFile(folder.resolve("definitions/gone.csv").toString(), "gone.csv");
        long run = node.part(RunAcceptance.class)
                .accept(NewRun.requested(
                        definition,
                        "request:vanished",
                        null,
                        Map.of(),
                        List.of(Map.of("input1", gone)),
                        Actor.request("ada"),
                        Map.of()))
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
                .isInstanceOf(RunRefusedException.UnknownDefinition.class)
                .hasMessageStartingWith("Definition 'hasch' does not exist; the definitions are: ");
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
                .extracting(a -> a.number(), a -> a.state())
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(1, State.FAILED),
                        org.assertj.core.groups.Tuple.tuple(2, State.FAILED));
    }

    @Test
    void doesNotWaitForEverForAnOutput() {
        assertThat(failure("never", GOOD)).startsWith("The remote job finished, but its output did not appear within");
    }

    private static String failure(String definition, String content) {
        return failure(definition, content.getBytes(StandardCharsets.UTF_8));
    }

    private static String refusal(String definition, String content) {
        return refusal(definition, content.getBytes(StandardCharsets.UTF_8));
    }

    /** Of a file for which no call is made. */
    private static String refusal(String definition, byte[] content) {
        long before = calls();
        String cause = failure(definition, content);
        assertThat(calls()).as("calls").isEqualTo(before);
        return cause;
    }

    private static long calls() {
        return TestEnvironment.sandbox().journal().entries().stream()
                .filter(entry -> entry.event() == Event.SUBMIT || entry.event() == Event.EXECUTE)
                .count();
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
