package dev.bes.orchestrator.pipeline.submit;

import static dev.bes.orchestrator.pipeline.ClaimBuilder.NONCE;
import static dev.bes.orchestrator.pipeline.ClaimBuilder.aClaim;
import static dev.bes.orchestrator.run.RunBuilder.aRun;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bes.orchestrator.pipeline.ClaimBuilder;
import dev.bes.orchestrator.pipeline.InMemoryBlobs;
import dev.bes.orchestrator.pipeline.Outcome;
import dev.bes.orchestrator.pipeline.StepFixture;
import dev.bes.orchestrator.remote.OneCallService;
import dev.bes.orchestrator.remote.RemoteException;
import dev.bes.orchestrator.remote.Table;
import dev.bes.orchestrator.run.Claim;
import dev.bes.orchestrator.run.Move;
import dev.bes.orchestrator.run.ScoringSetup;
import dev.bes.orchestrator.run.Step;
import dev.bes.orchestrator.run.Sweep;
import dev.bes.orchestrator.run.acceptance.NewRun;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class OneCallScoringTests {
    private static final Table ANSWER = new Table(List.of("text", "n"), List.of(Arrays.asList("a", null)));
    private static final String OUTPUT = "out/7/3-1/" + NONCE + "/output1.csv";

    @TempDir
    Path folder;

    private final StepFixture stepFixture = new StepFixture();
    private final InMemoryBlobs inMemoryBlobs = new InMemoryBlobs();
    private final ClaimBuilder claim = aClaim(Step.STAGED).requestResponse(2);

    private @Nullable Map<String, Table> asked;
    private Object answer = Map.of("output1", ANSWER);

    @BeforeEach
    void stage() throws IOException {
        claim.stagedFrom(Files.writeString(folder.resolve("day.csv"), "text\n007\n\"x, y\"\n"));
    }

    private OneCallScoring execute() {
        return new OneCallScoring(
                inMemoryBlobs, stepFixture.rows.intents(), stepFixture.retryPolicy, stepFixture.opener());
    }

    @SuppressWarnings("unchecked")
    private OneCallService service() {
        return (inputs, parameters) -> {
            asked = inputs;
            if (answer instanceof RemoteException trouble) {
                throw trouble;
            }
            return (Map<String, Table>) answer;
        };
    }

    private Outcome outcome() {
        return execute().score(service(), claim.build(), NONCE);
    }

    @Test
    void putsTheAnswerWhereAJobWouldHaveWrittenIt() {
        Move move = StepFixture.move(outcome());

        assertThat(asked)
                .isEqualTo(Map.of("input1", new Table(List.of("text"), List.of(List.of("007"), List.of("x, y")))));
        assertThat(inMemoryBlobs.blobs).containsOnlyKeys(OUTPUT);
        assertThat(new String(inMemoryBlobs.blobs.get(OUTPUT), StandardCharsets.UTF_8))
                .isEqualTo("text,n\r\na,\r\n");
        assertThat(move.to()).isEqualTo(ScoringSetup.live(Step.SCORED));
        assertThat(String.valueOf(move.fact())).isEqualTo("Answered[nonce=" + NONCE + "]");
        assertThat(move.hold()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"1, 20, true", "2, 20, true", "3, 20, false", "2, 262144, true", "2, 262145, false"})
    void takesWhatIsSmall(long rows, long bytes, boolean suits) {
        assertThat(execute().accepts(claim.rowsIn(rows).bytesIn(bytes).build())).isEqualTo(suits);
    }

    @Test
    void takesNothingThatIsNotAllowedOrWasTriedBefore() {
        assertThat(execute().accepts(aClaim(Step.STAGED).rowsIn(1).build())).isFalse();
        assertThat(execute().accepts(claim.intents(1).build())).isFalse();
    }

    static List<RemoteException> definiteNos() {
        return List.of(
                new RemoteException.Rejected("ModuleExecutionFailed", "Error 0001: no such column"),
                new RemoteException.Refused("the key is wrong"),
                new RemoteException.NotFound("no such operation"));
    }

    @ParameterizedTest
    @MethodSource("definiteNos")
    void failsOnADefiniteNo(RemoteException no) {
        answer = no;

        assertThat(StepFixture.failure(outcome())).isEqualTo("RRS did not score it: " + no.getMessage());
    }

    @Test
    void leavesToAJobWhatWasNotClearlyAnswered() {
        answer = new RemoteException.Unavailable("the gateway timed out");

        assertThat(StepFixture.later(outcome()).failure())
                .isEqualTo("RRS gave no clear answer, so it is submitted as a remote job: the gateway timed out");
        assertThat(inMemoryBlobs.blobs).isEmpty();
    }

    @Test
    void leavesToAJobWhatTheStoreDoesNotTake() {
        inMemoryBlobs.trouble = new RemoteException.Refused("the store's key is wrong");

        assertThat(StepFixture.later(outcome()).failure())
                .isEqualTo(
                        "The answer of RRS could not be stored, so it is submitted as a remote job: the store's key is wrong");
    }

    @Test
    void scoresNothingElseThanWhatIsStaged() throws IOException {
        Files.writeString(folder.resolve("day.csv"), "text\nanother day\n");

        assertThat(StepFixture.later(outcome()).failure()).endsWith("my day.csv has changed since it was staged");
        assertThat(asked).isNull();
    }

    @Test
    void failsWhenTheAnswerLacksAnOutput() {
        answer = Map.of("output2", ANSWER);

        assertThat(StepFixture.failure(outcome()))
                .isEqualTo("The answer of RRS has no output 'output1'; it is not delivered");
    }

    @Test
    void failsWhenTheAnswerNamesNoColumns() {
        answer = Map.of("output1", new Table(List.of(), List.of(List.of("1"))));

        assertThat(StepFixture.failure(outcome()))
                .isEqualTo("The answer of RRS does not name the columns of output 'output1'; it is not delivered");
    }

    @Test
    void takesBackTheIntentOfACallThatWasThrottled() throws IOException {
        NewRun run = aRun().withRequestResponse(2).build();
        Claim staged = new ScoringSetup(stepFixture.rows).one(Step.STAGED, run);
        UUID nonce = Objects.requireNonNull(
                stepFixture.rows.intents().open(List.of(staged)).get(staged.scoring()));
        answer = new RemoteException.Throttled("too many calls", Duration.ofSeconds(17));

        var later = StepFixture.later(execute().score(service(), claim.build(), nonce));
        assertThat(later.due()).isEqualTo(Duration.ofSeconds(17));
        assertThat(later.failure()).isEqualTo("too many calls");
        stepFixture.rows.letTimePass(run);
        assertThat(stepFixture.rows.claim(Sweep.LAUNCH, run).getFirst().known().intents())
                .isZero();
    }
}
