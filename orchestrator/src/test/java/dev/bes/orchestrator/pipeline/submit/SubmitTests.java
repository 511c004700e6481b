package dev.bes.orchestrator.pipeline.submit;

import static dev.bes.orchestrator.pipeline.ClaimBuilder.NONCE;
import static dev.bes.orchestrator.pipeline.ClaimBuilder.aClaim;
import static dev.bes.orchestrator.run.RunBuilder.aRun;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bes.orchestrator.pipeline.Bench;
import dev.bes.orchestrator.pipeline.ClaimBuilder;
import dev.bes.orchestrator.pipeline.Outcome;
import dev.bes.orchestrator.remote.JobRequest;
import dev.bes.orchestrator.remote.RemoteException;
import dev.bes.orchestrator.run.Claim;
import dev.bes.orchestrator.run.Drive;
import dev.bes.orchestrator.run.Move;
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
    private final Bench bench = new Bench();

    private Outcome submit(ClaimBuilder claim) {
        return bench.submit().submit(bench.jobs, claim.build(), NONCE);
    }

    @Test
    void bindsTheIdThatComesBack() {
        bench.jobs.answers("j9");
        Move move = Bench.move(submit(aClaim(Step.STAGED)));

        assertThat(move.to().step()).isEqualTo(Step.SUBMITTED);
        assertThat(String.valueOf(move.fact())).isEqualTo("Bound[nonce=" + NONCE + ", jobId=j9]");
        assertThat(move.hold()).isTrue();
        assertThat(bench.jobs.calls).containsExactly("submit");
    }

    @Test
    void asksForOutputsThatNoOtherCallAsksFor() {
        bench.jobs.answers("j9");
        submit(aClaim(Step.STAGED));

        assertThat(bench.jobs.request)
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
        bench.jobs.answers(no);

        assertThat(Bench.failure(submit(aClaim(Step.STAGED).attempt(1, 3))))
                .as("not even tried again")
                .isEqualTo("The job was not accepted: " + no.getMessage());
    }

    @Test
    void submitsAgainWhenNobodyKnows() {
        bench.jobs.answers(new RemoteException.Unavailable("the gateway timed out"));
        var later = Bench.later(submit(aClaim(Step.STAGED).intents(3).failures(2)));

        assertThat(later.failure()).isEqualTo("The submit had no clear answer and is repeated: the gateway timed out");
        assertThat(later.due()).isEqualTo(Bench.POLL_MIN.multipliedBy(4));
    }

    @Test
    void asksForADecisionAfterFiveCallsThatNobodyKnowsOf() {
        bench.jobs.answers(new RemoteException.Unavailable("the gateway timed out"));
        Move move = Bench.move(submit(aClaim(Step.STAGED).intents(SubmitIntents.MAX - 1)));

        assertThat(String.valueOf(move.fact())).isEqualTo("Parked[attention=SUBMITS_UNANSWERED]");
        assertThat(move.cause())
                .isEqualTo("5 submit calls had no clear answer, the last one: the gateway timed out."
                        + " None of their jobs was started.");
    }

    @Test
    void doesNotProbeBeforeTheFirstSubmit() {
        Claim claim = aClaim(Step.STAGED).build();

        assertThat(bench.submit().probe(bench.jobs, claim)).isEqualTo(new Outcome.Unchanged(claim));
        assertThat(bench.jobs.calls).isEmpty();
    }

    @Test
    void probesBeforeItSubmitsAgainAndTakesAnyAnswerForASignOfLife() {
        Claim claim = aClaim(Step.STAGED).intents(1).build();
        bench.jobs.answers(new RemoteException.NotFound("no such job"));

        assertThat(bench.submit().probe(bench.jobs, claim)).isEqualTo(new Outcome.Unchanged(claim));
        assertThat(bench.jobs.calls).containsExactly("probe");
    }

    @Test
    void leavesNoMoreJobsBehindWhileTheServiceIsAway() {
        bench.jobs
                .answers(new RemoteException.Unavailable("away"))
                .answers(new RemoteException.Throttled("too many calls", Duration.ofSeconds(17)));
        Claim claim = aClaim(Step.STAGED).intents(4).failures(1).build();

        assertThat(Bench.later(bench.submit().probe(bench.jobs, claim)).due())
                .isEqualTo(Bench.POLL_MIN.multipliedBy(2));
        assertThat(Bench.later(bench.submit().probe(bench.jobs, claim)).due()).isEqualTo(Duration.ofSeconds(17));
    }

    @Test
    void takesBackTheIntentOfACallThatWasThrottled() {
        NewRun run = aRun().build();
        Claim claim = new Drive(bench.rows).one(Step.STAGED, run);
        UUID nonce =
                Objects.requireNonNull(bench.rows.intents().open(List.of(claim)).get(claim.scoring()));
        bench.jobs.answers(new RemoteException.Throttled("too many calls", Duration.ofSeconds(17)));

        var later = Bench.later(bench.submit().submit(bench.jobs, claim, nonce));
        assertThat(later.due()).isEqualTo(Duration.ofSeconds(17));
        assertThat(later.failure()).isEqualTo("too many calls");
        bench.rows.letTimePass(run);
        assertThat(bench.rows.claim(Sweep.LAUNCH, run).getFirst().known().intents())
                .isZero();
    }
}
