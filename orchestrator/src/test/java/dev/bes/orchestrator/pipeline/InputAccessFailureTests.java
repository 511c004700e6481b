package dev.bes.orchestrator.pipeline;

import static dev.bes.orchestrator.pipeline.ClaimBuilder.aRunningClaim;
import static dev.bes.orchestrator.run.RunBuilder.aRun;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bes.orchestrator.run.Attention;
import dev.bes.orchestrator.run.Claim;
import dev.bes.orchestrator.run.Move;
import dev.bes.orchestrator.run.ScoringSetup;
import dev.bes.orchestrator.run.ScoringState;
import dev.bes.orchestrator.run.State;
import dev.bes.orchestrator.run.Step;
import dev.bes.orchestrator.run.StopReason;
import dev.bes.orchestrator.run.Sweep;
import dev.bes.orchestrator.run.acceptance.NewRun;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class InputAccessFailureTests {
    private static final String INPUT = "orchestrator/in/7/3-1/input1-ab.csv";
    private static final ScoringState PLANNED = new ScoringState(Step.PLANNED, State.NOT_STARTED);

    private final StepFixture stepFixture = new StepFixture();

    private Move failed(ClaimBuilder claim, String details) {
        stepFixture.jobs.failed(details);
        return StepFixture.move(stepFixture.poll().poll(claim.build()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "BlobNotFound: Unable to access the provided Azure blob - " + INPUT
                        + ". Azure error message: (403) AuthenticationFailed.",
                "BlobNotFound: Unable to access the provided Azure blob - " + INPUT
                        + ". Azure error message: (404) BlobNotFound.",
                "Error 0013: https://a.blob.core.windows.net/orchestrator/in%2F7%2F3-1%2Finput1-ab.csv?sv=1&sig=***:"
                        + " Server failed to authenticate the request. Make sure the value of Authorization header is formed"
                        + " correctly including the signature.",
                "The remote server returned an error: (403) Forbidden. " + INPUT,
                INPUT + ": This request is not authorized to perform this operation.",
            })
    void doesNotCountAJobThatNeverReadItsInput(String details) {
        Move move = failed(aRunningClaim().attempt(1, 1), details);

        assertThat(move.to()).isEqualTo(PLANNED);
        assertThat(move.attempt()).isEqualTo(2);
        assertThat(move.due()).isEqualTo(StepFixture.POLL_MIN);
        assertThat(move.cause())
                .startsWith(
                        "Job j1 could not read its input, so nothing was executed and this attempt does not count: ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Server failed to authenticate the request.",
                "Error 0018: " + INPUT + " has no column 'text' (row 403)",
                "BlobNotFound: Unable to access the provided Azure blob - orchestrator/out/7/3-1/x/output1.csv."
                        + " Azure error message: (403) AuthenticationFailed.",
                "Scored " + INPUT + ", but could not write orchestrator/out/7/3-1/x/output1.csv: AuthenticationFailed",
                "Unable to access the provided Azure blob - orchestrator/in/7/3-9/input1-ab.csv",
                "",
            })
    void countsWhateverLeavesADoubt(String details) {
        assertThat(failed(aRunningClaim().attempt(1, 1), details).to().state()).isEqualTo(State.FAILED);
    }

    @Test
    void countsOtherFailuresAsAttempts() {
        assertThat(failed(aRunningClaim().attempt(4, 2).unreadableInputs(3), "no")
                        .attempt())
                .as("the first of two that count")
                .isEqualTo(5);
        assertThat(failed(aRunningClaim().attempt(5, 2).unreadableInputs(3), "no")
                        .to()
                        .state())
                .isEqualTo(State.FAILED);
    }

    @ParameterizedTest
    @CsvSource({"0, 1", "1, 4", "2, 16", "3, 64"})
    void leavesMoreTimeToPutItRightEachTime(int unread, long seconds) {
        Move move = failed(
                aRunningClaim().attempt(unread + 1, 1).unreadableInputs(unread), "AuthenticationFailed: " + INPUT);

        assertThat(move.due()).isEqualTo(Duration.ofSeconds(seconds));
    }

    @Test
    void needsAttentionAfterFiveUnreadInputs() {
        Move move = failed(aRunningClaim().attempt(5, 1).unreadableInputs(4), "AuthenticationFailed: " + INPUT);

        assertThat(String.valueOf(move.fact())).isEqualTo("InputUnreadable[attention=INPUT_UNREADABLE]");
        assertThat(move.to()).isEqualTo(PLANNED);
        assertThat(move.cause())
                .startsWith("5 jobs could not read their input")
                .contains("orchestrator.blobs.connection-string", "then resume");
        assertThat(failed(aRunningClaim().attempt(6, 1).unreadableInputs(5), "AuthenticationFailed: " + INPUT)
                        .attempt())
                .as("once resumed")
                .isEqualTo(7);
    }

    @Test
    void doesNotCountAJobEitherThatWasStoppedForItsDeadline() {
        stepFixture.jobs.answers("").failed("AuthenticationFailed: " + INPUT);

        Move move = StepFixture.move(
                stepFixture.stop().stop(aRunningClaim().attempt(1, 1).build(), StopReason.DEADLINE));
        assertThat(move.to()).isEqualTo(PLANNED);
    }

    @Test
    void isWrittenDownSoThatEveryNodeCountsTheSame() {
        NewRun run = aRun().build();
        Claim started = new ScoringSetup(stepFixture.rows).one(Step.STARTED, run);
        stepFixture.rows.moves().apply(List.of(Move.inputUnreadable(started, Duration.ZERO, "not read", "Failed")));
        stepFixture.rows.letTimePass(run);

        Claim next = stepFixture.rows.claim(Sweep.LAUNCH, run).getFirst();
        assertThat(next.attempt()).isEqualTo(2);
        assertThat(next.unreadableInputs()).isEqualTo(1);
        assertThat(next.attemptsMade()).isEqualTo(1);
        assertThat(stepFixture.rows.scoring(started).attempts()).singleElement().satisfies(attempt -> {
            assertThat(attempt.state()).isEqualTo(State.FAILED);
            assertThat(attempt.cause()).isEqualTo("not read");
        });
    }

    @Test
    void waitsForSomebodyAndGoesOnWhenItIsResumed() {
        NewRun run = aRun().build();
        Claim started = new ScoringSetup(stepFixture.rows).one(Step.STARTED, run);
        stepFixture.rows.moves().apply(List.of(Move.inputNeedsAttention(started, "not read", "Failed")));
        stepFixture.rows.letTimePass(run);

        assertThat(stepFixture.rows.claim(Sweep.LAUNCH, run)).isEmpty();
        assertThat(stepFixture.rows.scoring(started).attention()).isEqualTo(Attention.INPUT_UNREADABLE);
    }
}
