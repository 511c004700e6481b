package dev.bes.orchestrator.pipeline.track;

import static dev.bes.orchestrator.pipeline.ClaimBuilder.aClaim;
import static dev.bes.orchestrator.pipeline.ClaimBuilder.aRunningClaim;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bes.orchestrator.pipeline.ClaimBuilder;
import dev.bes.orchestrator.pipeline.Outcome;
import dev.bes.orchestrator.pipeline.StepFixture;
import dev.bes.orchestrator.remote.JobStatus.State;
import dev.bes.orchestrator.remote.RemoteException;
import dev.bes.orchestrator.run.Move;
import dev.bes.orchestrator.run.ScoringState;
import dev.bes.orchestrator.run.Step;
import dev.bes.orchestrator.run.StopReason;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class PollTests {
    private final StepFixture stepFixture = new StepFixture();

    private Outcome poll(ClaimBuilder claim) {
        return stepFixture.poll().poll(claim.build());
    }

    @Test
    void waitsForAQueuedJob() {
        stepFixture.jobs.answers(State.NOT_STARTED, "NotStarted");
        var later = StepFixture.later(poll(aClaim(Step.STARTED).since(Duration.ofSeconds(50))));

        assertThat(later.due()).isEqualTo(Duration.ofSeconds(10));
        assertThat(later.failure()).isNull();
    }

    @Test
    void noticesThatAJobRuns() {
        stepFixture.jobs.answers(State.RUNNING, "Running");
        Move move = StepFixture.move(poll(aClaim(Step.STARTED)));

        assertThat(move.to()).isEqualTo(new ScoringState(Step.STARTED, dev.bes.orchestrator.run.State.RUNNING));
        assertThat(move.remoteWord()).isEqualTo("Running");
    }

    @Test
    void writesDownOnlyOnceThatAJobRuns() {
        stepFixture.jobs.answers(State.RUNNING, "Running");

        assertThat(StepFixture.later(poll(aRunningClaim())).failure()).isNull();
    }

    @Test
    void noticesThatAJobHasFinished() {
        stepFixture.jobs.answers(State.FINISHED, "Finished");
        Move move = StepFixture.move(poll(aClaim(Step.STARTED)));

        assertThat(move.to().step()).isEqualTo(Step.SCORED);
        assertThat(move.due()).isZero();
    }

    @Test
    void saysWhyAJobFailed() {
        stepFixture.jobs.answers(State.FAILED, "Failed");

        assertThat(StepFixture.failure(poll(aRunningClaim())))
                .isEqualTo("The remote job failed: the column is missing");
    }

    @Test
    void beginsAnotherAttemptAfterAFailureIfItMay() {
        stepFixture.jobs.answers(State.FAILED, "Failed");
        Move move = StepFixture.move(poll(aRunningClaim().attempt(2, 3)));

        assertThat(move.to()).isEqualTo(new ScoringState(Step.PLANNED, dev.bes.orchestrator.run.State.NOT_STARTED));
        assertThat(move.attempt()).isEqualTo(3);
        assertThat(move.due()).isEqualTo(Duration.ofSeconds(60));
    }

    @Test
    void fetchesNothingMoreAfterTheLastAttempt() {
        stepFixture.jobs.answers(State.FAILED, "Failed");

        StepFixture.failure(poll(aRunningClaim().attempt(3, 3)));
    }

    @Test
    void isCancelledWhenTheRemoteSaysSo() {
        stepFixture.jobs.answers(State.CANCELLED, "Cancelled");
        Move move = StepFixture.move(poll(aRunningClaim().attempt(1, 3)));

        assertThat(move.to().state()).isEqualTo(dev.bes.orchestrator.run.State.CANCELLED);
        assertThat(move.cause()).isEqualTo("Job j1 was cancelled on the remote side");
    }

    @Test
    void showsAWordThatItDoesNotKnowAndLooksAgain() {
        stepFixture.jobs.answers(State.UNKNOWN, "Pondering");

        assertThat(StepFixture.later(poll(aRunningClaim())).failure())
                .isEqualTo("The remote service reports the unknown state 'Pondering'");
    }

    static List<RemoteException> troubles() {
        return List.of(
                new RemoteException.Unavailable("away"),
                new RemoteException.Refused("away"),
                new RemoteException.Rejected("", "away"),
                new RemoteException.NotFound("away"));
    }

    @ParameterizedTest
    @MethodSource("troubles")
    void takesAFailedPollForNoFailedJob(RemoteException trouble) {
        stepFixture.jobs.answers(trouble);
        var later = StepFixture.later(poll(aRunningClaim().failures(3)));

        assertThat(later.due()).isEqualTo(Duration.ofSeconds(8));
        assertThat(later.failure()).isEqualTo("Cannot read the status of job j1: away");
    }

    @Test
    void comesBackWhenItMay() {
        stepFixture.jobs.answers(new RemoteException.Throttled("too many calls", Duration.ofMinutes(3)));

        assertThat(StepFixture.later(poll(aRunningClaim())).due()).isEqualTo(Duration.ofMinutes(3));
    }

    @Test
    void takesAJobForLostWhenItStaysAway() {
        stepFixture.jobs.answers(new RemoteException.NotFound("gone")).answers(new RemoteException.NotFound("gone"));

        assertThat(StepFixture.later(poll(aRunningClaim().notFoundCount(8).failures(500)))
                        .notFound())
                .as("other troubles do not count")
                .isTrue();
        Move move = StepFixture.move(poll(aRunningClaim().notFoundCount(9).attempt(1, 3)));
        assertThat(String.valueOf(move.fact()))
                .as("and never starts another one by itself")
                .isEqualTo("NeedsAttention[attention=FORGOTTEN]");
        assertThat(move.cause()).startsWith("The remote side no longer knows job j1, which was started");
    }

    @Test
    void goesOnForEverWhileTheRemoteIsAway() {
        stepFixture.jobs.answers(new RemoteException.Unavailable("away"));

        assertThat(StepFixture.later(poll(aRunningClaim().failures(10_000))).due())
                .isEqualTo(StepFixture.POLL_MAX);
    }

    @ParameterizedTest
    @EnumSource(names = {"NOT_STARTED", "RUNNING", "UNKNOWN"})
    void stopsAJobThatTakesTooLong(State state) {
        stepFixture.jobs.answers(state, "word");
        Move move = StepFixture.move(poll(aRunningClaim().since(Duration.ofSeconds(3601))));

        assertThat(move.stopReason()).isEqualTo(StopReason.DEADLINE);
        assertThat(move.to()).isEqualTo(aRunningClaim().build().scoringState());
        assertThat(move.cause()).isEqualTo("Job j1 took longer than its deadline of 1 h");
    }

    @ParameterizedTest
    @EnumSource(names = {"FINISHED", "FAILED", "CANCELLED"})
    void doesNotStopAJobThatHasEnded(State state) {
        stepFixture.jobs.answers(state, "word");

        assertThat(StepFixture.move(poll(aRunningClaim().since(Duration.ofHours(5))))
                        .stopReason())
                .isNull();
    }

    @Test
    void doesNotStopAJobAtItsDeadlineButAfterIt() {
        stepFixture.jobs.answers(State.RUNNING, "Running");

        StepFixture.later(poll(aRunningClaim().since(Duration.ofHours(1))));
    }
}
