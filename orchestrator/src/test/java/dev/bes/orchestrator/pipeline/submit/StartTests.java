package dev.bes.orchestrator.pipeline.submit;

import static dev.bes.orchestrator.pipeline.ClaimBuilder.aClaim;
import static dev.bes.orchestrator.run.RunBuilder.aRun;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bes.orchestrator.pipeline.Outcome;
import dev.bes.orchestrator.pipeline.StepFixture;
import dev.bes.orchestrator.remote.JobStatus.State;
import dev.bes.orchestrator.remote.RemoteException;
import dev.bes.orchestrator.run.Claim;
import dev.bes.orchestrator.run.DatabaseFixture;
import dev.bes.orchestrator.run.ScoringSetup;
import dev.bes.orchestrator.run.Step;
import dev.bes.orchestrator.run.Sweep;
import dev.bes.orchestrator.run.acceptance.NewRun;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

class StartTests {
    private static final Duration LONG_AGO = StepFixture.GRACE.plusSeconds(1);

    private final StepFixture stepFixture = new StepFixture();

    private Outcome first() {
        return stepFixture
                .start()
                .first(
                        stepFixture.jobs,
                        aClaim(Step.SUBMITTED).since(Duration.ZERO).build());
    }

    private Outcome again(Duration sinceSubmitted) {
        return stepFixture
                .start()
                .again(
                        stepFixture.jobs,
                        aClaim(Step.SUBMITTED).since(sinceSubmitted).build());
    }

    private static void isStarted(Outcome outcome) {
        assertThat(StepFixture.move(outcome).to().step()).isEqualTo(Step.STARTED);
        assertThat(StepFixture.move(outcome).due()).isEqualTo(StepFixture.POLL_MIN);
        assertThat(StepFixture.move(outcome).hold()).isFalse();
    }

    @Test
    void startsAJob() {
        stepFixture.jobs.answers("");

        isStarted(first());
        assertThat(stepFixture.jobs.calls).containsExactly("start j1");
    }

    @Test
    void takesAJobThatCannotBeStartedForStartedOnceTheJobConfirmsIt() {
        stepFixture
                .jobs
                .answers(new RemoteException.Rejected(RemoteException.Reason.NOT_STARTABLE, "it was started"))
                .answers(State.NOT_STARTED, "NotStarted");

        isStarted(first());
        assertThat(stepFixture.jobs.calls).containsExactly("start j1", "status j1");
    }

    @Test
    void believesTheJobMoreThanTheRefusal() {
        stepFixture
                .jobs
                .answers(new RemoteException.Rejected("BadArgument", "no"))
                .answers(State.RUNNING, "Running");

        isStarted(first());
    }

    @Test
    void failsWhenTheStartIsRejectedForAnotherReason() {
        stepFixture
                .jobs
                .answers(new RemoteException.Rejected("BadArgument", "no"))
                .answers(State.NOT_STARTED, "NotStarted");

        assertThat(StepFixture.failure(first())).isEqualTo("The job could not be started: no");
    }

    @Test
    void asksAgainWhenNothingConfirmsARefusal() {
        stepFixture
                .jobs
                .answers(new RemoteException.Rejected(RemoteException.Reason.NOT_STARTABLE, "it was started"))
                .answers(new RemoteException.Unavailable("away"));

        assertThat(StepFixture.later(first()).failure()).isEqualTo("Not started yet: it was started");
    }

    @Test
    void waitsUntilAnUnansweredStartCanNoLongerBeOnItsWay() {
        stepFixture.jobs.answers(new RemoteException.Unavailable("away"));

        assertThat(StepFixture.later(first()).due()).isEqualTo(StepFixture.GRACE);
        assertThat(stepFixture.jobs.calls).containsExactly("start j1");
    }

    @Test
    void waitsAsLongAsItIsTold() {
        stepFixture.jobs.answers(new RemoteException.Throttled("too many calls", Duration.ofSeconds(17)));

        assertThat(StepFixture.later(first()).due()).isEqualTo(Duration.ofSeconds(17));
    }

    @Test
    void waitsForAKeyThatIsPutRight() {
        stepFixture.jobs.answers(new RemoteException.Refused("the key is wrong"));

        assertThat(StepFixture.later(first()).failure()).isEqualTo("Not started yet: the key is wrong");
    }

    @Test
    void asksAgainForAJobThatIsAwayForOnce() {
        stepFixture.jobs.answers(new RemoteException.NotFound("gone")).answers(new RemoteException.NotFound("gone"));

        assertThat(StepFixture.later(first()).notFound()).isTrue();
        assertThat(StepFixture.later(again(LONG_AGO)).notFound()).isTrue();
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "NOT_STARTED")
    void neverStartsAgainWhatHasLeftNotStarted(State state) {
        stepFixture.jobs.answers(state, "any word");

        isStarted(again(LONG_AGO));
        assertThat(stepFixture.jobs.calls).containsExactly("status j1");
    }

    @Test
    void startsAgainOnlyAfterAskingAndOnlyAfterTheGrace() {
        stepFixture.jobs.answers(State.NOT_STARTED, "NotStarted").answers("");

        isStarted(again(LONG_AGO));
        assertThat(stepFixture.jobs.calls).containsExactly("status j1", "start j1");
    }

    @Test
    void doesNotStartAgainBeforeTheGraceIsOver() {
        stepFixture.jobs.answers(State.NOT_STARTED, "NotStarted");

        assertThat(StepFixture.later(again(StepFixture.GRACE.minusSeconds(3))).due())
                .isEqualTo(Duration.ofSeconds(3));
        assertThat(stepFixture.jobs.calls).containsExactly("status j1");
    }

    @Test
    void doesNotStartAgainBlindly() {
        stepFixture.jobs.answers(new RemoteException.Unavailable("away"));

        assertThat(StepFixture.later(again(LONG_AGO)).failure()).isEqualTo("Not started yet: away");
        assertThat(stepFixture.jobs.calls).containsExactly("status j1");
    }

    @Test
    void asksForADecisionAboutAJobThatIsGoneForGoodAndMayHaveBeenStarted() {
        stepFixture.jobs.answers(new RemoteException.NotFound("gone"));
        Claim claim = aClaim(Step.SUBMITTED).since(LONG_AGO).notFoundCount(9).build();

        assertThat(String.valueOf(StepFixture.move(stepFixture.start().again(stepFixture.jobs, claim))
                        .fact()))
                .isEqualTo("NeedsAttention[attention=FORGOTTEN]");
    }

    @Test
    void keepsOthersFromARepeatedStartUntilItsGraceIsOver() {
        NewRun run = aRun().build();
        new ScoringSetup(stepFixture.rows).one(Step.SUBMITTED, run);
        stepFixture.rows.letTimePass(run);
        Claim claim = stepFixture
                .rows
                .claims()
                .claim(Sweep.LAUNCH, run.definition().endpoint(), 40, 1, Duration.ZERO)
                .getFirst();
        DatabaseFixture.shared()
                .jdbc()
                .sql("UPDATE attempt SET submitted_at = submitted_at - interval '1 hour' WHERE scoring_id = ?")
                .param(claim.scoring())
                .update();
        Claim late = stepFixture
                .rows
                .claims()
                .claim(Sweep.LAUNCH, run.definition().endpoint(), 40, 1, Duration.ZERO)
                .getFirst();
        stepFixture.jobs.answers(State.NOT_STARTED, "NotStarted").answers("");

        isStarted(stepFixture.start().again(stepFixture.jobs, late));
        assertThat(DatabaseFixture.shared().node("next").claim(Sweep.LAUNCH, run))
                .as("had this node died after its call")
                .isEmpty();
    }
}
