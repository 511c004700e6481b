package dev.bes.orchestrator.pipeline.track;

import static dev.bes.orchestrator.pipeline.ClaimBuilder.aRunningClaim;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bes.orchestrator.pipeline.Outcome;
import dev.bes.orchestrator.pipeline.StepFixture;
import dev.bes.orchestrator.remote.JobStatus.State;
import dev.bes.orchestrator.remote.RemoteException;
import dev.bes.orchestrator.run.Move;
import dev.bes.orchestrator.run.StopReason;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class StopTests {
    private final StepFixture stepFixture = new StepFixture();

    private Outcome stop(StopReason why) {
        return stepFixture.stop().stop(aRunningClaim().attempt(1, 2).build(), why);
    }

    private static void isCancelled(Outcome outcome, String cause) {
        Move move = StepFixture.move(outcome);
        assertThat(move.to().state()).isEqualTo(dev.bes.orchestrator.run.State.CANCELLED);
        assertThat(move.cause()).isEqualTo(cause);
    }

    @Test
    void cancelsAndThenAsks() {
        stepFixture.jobs.answers("").answers(State.CANCELLED, "Cancelled");

        isCancelled(stop(StopReason.CANCEL), "cancelled on request");
        assertThat(stepFixture.jobs.calls).containsExactly("cancel j1", "status j1");
    }

    @ParameterizedTest
    @EnumSource(names = {"NOT_STARTED", "RUNNING", "UNKNOWN"})
    void repeatsUntilTheRemoteConfirms(State state) {
        stepFixture.jobs.answers("").answers(state, "word");

        assertThat(StepFixture.later(stop(StopReason.CANCEL)).failure()).isNull();
    }

    @Test
    void deliversNothingOfAJobThatFinishedMeanwhile() {
        stepFixture.jobs.answers("").answers(State.FINISHED, "Finished");

        isCancelled(
                stop(StopReason.CANCEL),
                "cancelled on request; it had finished before, and its output is not delivered");
    }

    @Test
    void isCancelledWhenTheJobFailedMeanwhile() {
        stepFixture.jobs.answers("").answers(State.FAILED, "Failed");

        isCancelled(stop(StopReason.CANCEL), "cancelled on request");
    }

    @Test
    void isDoneWhenTheRemoteKnowsNoSuchJobForGood() {
        stepFixture.jobs.answers(new RemoteException.NotFound("gone")).answers(new RemoteException.NotFound("gone"));

        assertThat(StepFixture.later(stop(StopReason.CANCEL)).notFound())
                .as("once may be the gateway's mistake")
                .isTrue();
        isCancelled(
                stepFixture.stop().stop(aRunningClaim().notFoundCount(9).build(), StopReason.CANCEL),
                "cancelled on request; the remote service no longer knows its job");
    }

    @Test
    void believesTheJobMoreThanARefusalToCancelIt() {
        stepFixture
                .jobs
                .answers(new RemoteException.Rejected("", "it has ended"))
                .answers(State.FINISHED, "Finished");

        isCancelled(
                stop(StopReason.CANCEL),
                "cancelled on request; it had finished before, and its output is not delivered");
    }

    @Test
    void showsARefusalToCancelAJobThatGoesOn() {
        stepFixture.jobs.answers(new RemoteException.Rejected("", "not now")).answers(State.RUNNING, "Running");

        assertThat(StepFixture.later(stop(StopReason.CANCEL)).failure()).isEqualTo("Cannot cancel job j1 yet: not now");
    }

    @Test
    void showsThatItCannotCancelYet() {
        stepFixture.jobs.answers(new RemoteException.Unavailable("away"));

        assertThat(StepFixture.later(stop(StopReason.CANCEL)).failure()).isEqualTo("Cannot cancel job j1 yet: away");
    }

    @Test
    void comesBackWhenItMay() {
        stepFixture.jobs.answers(new RemoteException.Throttled("too many calls", Duration.ofSeconds(17)));

        assertThat(StepFixture.later(stop(StopReason.CANCEL)).due()).isEqualTo(Duration.ofSeconds(17));
    }

    @Test
    void beginsAnotherAttemptAfterAJobThatTookTooLong() {
        stepFixture.jobs.answers("").answers(State.CANCELLED, "Cancelled");
        Move move = StepFixture.move(stop(StopReason.DEADLINE));

        assertThat(move.attempt()).isEqualTo(2);
        assertThat(move.stopReason()).as("of the new attempt").isNull();
        assertThat(move.cause()).isEqualTo("Job j1 took longer than its deadline of 1 h and was cancelled");
    }

    @Test
    void failsWhenTheLastAttemptTookTooLong() {
        stepFixture.jobs.answers("").answers(State.CANCELLED, "Cancelled");

        assertThat(StepFixture.failure(stepFixture.stop().stop(aRunningClaim().build(), StopReason.DEADLINE)))
                .isEqualTo("Job j1 took longer than its deadline of 1 h and was cancelled");
    }
}
