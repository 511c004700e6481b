package dev.bes.orchestrator.pipeline.submit;

import static dev.bes.orchestrator.pipeline.ClaimBuilder.aClaim;
import static dev.bes.orchestrator.run.RunBuilder.aRun;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bes.orchestrator.pipeline.Bench;
import dev.bes.orchestrator.pipeline.Outcome;
import dev.bes.orchestrator.remote.JobStatus.State;
import dev.bes.orchestrator.remote.RemoteException;
import dev.bes.orchestrator.run.Claim;
import dev.bes.orchestrator.run.Database;
import dev.bes.orchestrator.run.Drive;
import dev.bes.orchestrator.run.Step;
import dev.bes.orchestrator.run.Sweep;
import dev.bes.orchestrator.run.acceptance.NewRun;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

class StartTests {
    private static final Duration LONG_AGO = Bench.GRACE.plusSeconds(1);

    private final Bench bench = new Bench();

    private Outcome first() {
        return bench.start()
                .first(bench.jobs, aClaim(Step.SUBMITTED).since(Duration.ZERO).build());
    }

    private Outcome again(Duration sinceSubmitted) {
        return bench.start()
                .again(bench.jobs, aClaim(Step.SUBMITTED).since(sinceSubmitted).build());
    }

    private static void isStarted(Outcome outcome) {
        assertThat(Bench.move(outcome).to().step()).isEqualTo(Step.STARTED);
        assertThat(Bench.move(outcome).due()).isEqualTo(Bench.POLL_MIN);
        assertThat(Bench.move(outcome).hold()).isFalse();
    }

    @Test
    void startsAJob() {
        bench.jobs.answers("");

        isStarted(first());
        assertThat(bench.jobs.calls).containsExactly("start j1");
    }

    @Test
    void takesAJobThatCannotBeStartedForStartedOnceTheJobConfirmsIt() {
        bench.jobs
                .answers(new RemoteException.Rejected(RemoteException.Reason.NOT_STARTABLE, "it was started"))
                .answers(State.NOT_STARTED, "NotStarted");

        isStarted(first());
        assertThat(bench.jobs.calls).containsExactly("start j1", "status j1");
    }

    @Test
    void believesTheJobMoreThanTheRefusal() {
        bench.jobs.answers(new RemoteException.Rejected("BadArgument", "no")).answers(State.RUNNING, "Running");

        isStarted(first());
    }

    @Test
    void failsWhenTheStartIsRejectedForAnotherReason() {
        bench.jobs.answers(new RemoteException.Rejected("BadArgument", "no")).answers(State.NOT_STARTED, "NotStarted");

        assertThat(Bench.failure(first())).isEqualTo("The job could not be started: no");
    }

    @Test
    void asksAgainWhenNothingConfirmsARefusal() {
        bench.jobs
                .answers(new RemoteException.Rejected(RemoteException.Reason.NOT_STARTABLE, "it was started"))
                .answers(new RemoteException.Unavailable("away"));

        assertThat(Bench.later(first()).failure()).isEqualTo("Not started yet: it was started");
    }

    @Test
    void waitsUntilAnUnansweredStartCanNoLongerBeOnItsWay() {
        bench.jobs.answers(new RemoteException.Unavailable("away"));

        assertThat(Bench.later(first()).due()).isEqualTo(Bench.GRACE);
        assertThat(bench.jobs.calls).containsExactly("start j1");
    }

    @Test
    void waitsAsLongAsItIsTold() {
        bench.jobs.answers(new RemoteException.Throttled("too many calls", Duration.ofSeconds(17)));

        assertThat(Bench.later(first()).due()).isEqualTo(Duration.ofSeconds(17));
    }

    @Test
    void waitsForAKeyThatIsPutRight() {
        bench.jobs.answers(new RemoteException.Refused("the key is wrong"));

        assertThat(Bench.later(first()).failure()).isEqualTo("Not started yet: the key is wrong");
    }

    @Test
    void asksAgainForAJobThatIsAwayForOnce() {
        bench.jobs.answers(new RemoteException.NotFound("gone")).answers(new RemoteException.NotFound("gone"));

        assertThat(Bench.later(first()).notFound()).isTrue();
        assertThat(Bench.later(again(LONG_AGO)).notFound()).isTrue();
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "NOT_STARTED")
    void neverStartsAgainWhatHasLeftNotStarted(State state) {
        bench.jobs.answers(state, "any word");

        isStarted(again(LONG_AGO));
        assertThat(bench.jobs.calls).containsExactly("status j1");
    }

    @Test
    void startsAgainOnlyAfterAskingAndOnlyAfterTheGrace() {
        bench.jobs.answers(State.NOT_STARTED, "NotStarted").answers("");

        isStarted(again(LONG_AGO));
        assertThat(bench.jobs.calls).containsExactly("status j1", "start j1");
    }

    @Test
    void doesNotStartAgainBeforeTheGraceIsOver() {
        bench.jobs.answers(State.NOT_STARTED, "NotStarted");

        assertThat(Bench.later(again(Bench.GRACE.minusSeconds(3))).due()).isEqualTo(Duration.ofSeconds(3));
        assertThat(bench.jobs.calls).containsExactly("status j1");
    }

    @Test
    void doesNotStartAgainBlindly() {
        bench.jobs.answers(new RemoteException.Unavailable("away"));

        assertThat(Bench.later(again(LONG_AGO)).failure()).isEqualTo("Not started yet: away");
        assertThat(bench.jobs.calls).containsExactly("status j1");
    }

    @Test
    void asksForADecisionAboutAJobThatIsGoneForGoodAndMayHaveBeenStarted() {
        bench.jobs.answers(new RemoteException.NotFound("gone"));
        Claim claim = aClaim(Step.SUBMITTED).since(LONG_AGO).notFoundCount(9).build();

        assertThat(String.valueOf(
                        Bench.move(bench.start().again(bench.jobs, claim)).fact()))
                .isEqualTo("Parked[attention=FORGOTTEN]");
    }

    @Test
    void keepsOthersFromARepeatedStartUntilItsGraceIsOver() {
        NewRun run = aRun().build();
        new Drive(bench.rows).one(Step.SUBMITTED, run);
        bench.rows.letTimePass(run);
        Claim claim = bench.rows
                .claims()
                .claim(Sweep.LAUNCH, run.definition().endpoint(), 40, 1, Duration.ZERO)
                .getFirst();
        Database.shared()
                .jdbc()
                .sql("UPDATE attempt SET submitted_at = submitted_at - interval '1 hour' WHERE scoring_id = ?")
                .param(claim.scoring())
                .update();
        Claim late = bench.rows
                .claims()
                .claim(Sweep.LAUNCH, run.definition().endpoint(), 40, 1, Duration.ZERO)
                .getFirst();
        bench.jobs.answers(State.NOT_STARTED, "NotStarted").answers("");

        isStarted(bench.start().again(bench.jobs, late));
        assertThat(Database.shared().node("next").claim(Sweep.LAUNCH, run))
                .as("had this node died after its call")
                .isEmpty();
    }
}
