package dev.bes.orchestrator.pipeline.submit;

import static dev.bes.orchestrator.pipeline.ClaimBuilder.NONCE;
import static dev.bes.orchestrator.pipeline.ClaimBuilder.aClaim;
import static dev.bes.orchestrator.run.RunBuilder.aRun;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bes.orchestrator.pipeline.ClaimBuilder;
import dev.bes.orchestrator.pipeline.Outcome;
import dev.bes.orchestrator.pipeline.StepFixture;
import dev.bes.orchestrator.remote.JobRequest;
import dev.bes.orchestrator.remote.RemoteException;
import dev.bes.orchestrator.run.Claim;
import dev.bes.orchestrator.run.Move;
import dev.bes.orchestrator.run.ScoringSetup;
import dev.bes.orchestrator.run.Step;
import dev.bes.orchestrator.run.Sweep;
import dev.bes.orchestrator.run.acceptance.NewRun;
import dev.bes.orchestrator.run.move.SubmitIntents;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SubmitTests {
    private final StepFixture stepFixture = new StepFixture();

    private Outcome submit(ClaimBuilder claim) {
        return stepFixture.submit().submit(stepFixture.jobs, claim.build(), NONCE);
    }

    @Test
    void bindsTheIdThatComesBack() {
        stepFixture.jobs.answers("j9");
        Move move = StepFixture.move(submit(aClaim(Step.STAGED)));

        assertThat(move.to().step()).isEqualTo(Step.SUBMITTED);
        assertThat(String.valueOf(move.fact())).isEqualTo("Submitted[nonce=" + NONCE + ", jobId=j9]");
        assertThat(move.hold()).isTrue();
        assertThat(stepFixture.jobs.calls).containsExactly("submit");
    }

    @Test
    void asksForOutputsThatNoOtherCallAsksFor() {
        stepFixture.jobs.answers("j9");
        submit(aClaim(Step.STAGED));

        assertThat(stepFixture.jobs.request)
                .isEqualTo(new JobRequest(
                        Map.of("input1", "in/7/3-1/input1-ab.csv"),
                        Map.of("output1", "out/7/3-1/" + NONCE + "/output1.csv"),
                        Map.of("p", "v"),
                        Duration.ofHours(2)));
    }

    static List<RemoteException> definiteNos() {
        return List.of(
                new RemoteException.Rejected("BadArgument", "no such input"),
                new RemoteException.Refused("the key is wrong"),
                new RemoteException.NotFound("no such service"));
    }

    @ParameterizedTest
    @MethodSource("definiteNos")
    void failsOnADefiniteNo(RemoteException no) {
        stepFixture.jobs.answers(no);

        assertThat(StepFixture.failure(submit(aClaim(Step.STAGED).attempt(1, 3))))
                .as("not even tried again")
                .isEqualTo("The job was not accepted: " + no.getMessage());
    }

    @Test
    void submitsAgainWhenNobodyKnows() {
        stepFixture.jobs.answers(new RemoteException.Unavailable("the gateway timed out"));
        var later = StepFixture.later(submit(aClaim(Step.STAGED).intents(3).failures(2)));

        assertThat(later.failure()).isEqualTo("The submit had no clear answer and is repeated: the gateway timed out");
        assertThat(later.due()).isEqualTo(StepFixture.POLL_MIN.multipliedBy(4));
    }

    @Test
    void asksForADecisionAfterFiveCallsThatNobodyKnowsOf() {
        stepFixture.jobs.answers(new RemoteException.Unavailable("the gateway timed out"));
        Move move = StepFixture.move(submit(aClaim(Step.STAGED).intents(SubmitIntents.MAX - 1)));

        assertThat(String.valueOf(move.fact())).isEqualTo("NeedsAttention[attention=SUBMITS_UNANSWERED]");
        assertThat(move.cause())
                .isEqualTo("5 submit calls had no clear answer, the last one: the gateway timed out."
                        + " None of their jobs was started.");
    }

    @Test
    void doesNotProbeBeforeTheFirstSubmit() {
        Claim claim = aClaim(Step.STAGED).build();

        assertThat(stepFixture.submit().probe(stepFixture.jobs, claim)).isEqualTo(new Outcome.Unchanged(claim));
        assertThat(stepFixture.jobs.calls).isEmpty();
    }

    @Test
    void probesBeforeItSubmitsAgainAndTakesAnyAnswerForASignOfLife() {
        Claim claim = aClaim(Step.STAGED).intents(1).build();
        stepFixture.jobs.answers(new RemoteException.NotFound("no such job"));

        assertThat(stepFixture.submit().probe(stepFixture.jobs, claim)).isEqualTo(new Outcome.Unchanged(claim));
        assertThat(stepFixture.jobs.calls).containsExactly("probe");
    }

    @Test
    void leavesNoMoreJobsBehindWhileTheServiceIsAway() {
        stepFixture
                .jobs
                .answers(new RemoteException.Unavailable("away"))
                .answers(new RemoteException.Throttled("too many calls", Duration.ofSeconds(17)));
        Claim claim = aClaim(Step.STAGED).intents(4).failures(1).build();

        assertThat(StepFixture.later(stepFixture.submit().probe(stepFixture.jobs, claim))
                        .due())
                .isEqualTo(StepFixture.POLL_MIN.multipliedBy(2));
        assertThat(StepFixture.later(stepFixture.submit().probe(stepFixture.jobs, claim))
                        .due())
                .isEqualTo(Duration.ofSeconds(17));
    }

    @Test
    void takesBackTheIntentOfACallThatWasThrottled() {
        NewRun run = aRun().build();
        Claim claim = new ScoringSetup(stepFixture.rows).one(Step.STAGED, run);
        UUID nonce = Objects.requireNonNull(
                stepFixture.rows.intents().open(List.of(claim)).get(claim.scoring()));
        stepFixture.jobs.answers(new RemoteException.Throttled("too many calls", Duration.ofSeconds(17)));

        var later = StepFixture.later(stepFixture.submit().submit(stepFixture.jobs, claim, nonce));
        assertThat(later.due()).isEqualTo(Duration.ofSeconds(17));
        assertThat(later.failure()).isEqualTo("too many calls");
        stepFixture.rows.letTimePass(run);
        assertThat(stepFixture.rows.claim(Sweep.LAUNCH, run).getFirst().known().intents())
                .isZero();
    }
}
