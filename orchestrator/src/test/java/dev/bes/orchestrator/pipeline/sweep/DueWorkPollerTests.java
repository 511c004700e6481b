package dev.bes.orchestrator.pipeline.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bes.orchestrator.pipeline.StepFixture;
import dev.bes.orchestrator.run.Attention;
import dev.bes.orchestrator.run.Claim;
import dev.bes.orchestrator.run.DatabaseFixture;
import dev.bes.orchestrator.run.Move;
import dev.bes.orchestrator.run.RunBuilder;
import dev.bes.orchestrator.run.RunParts;
import dev.bes.orchestrator.run.ScoringSetup;
import dev.bes.orchestrator.run.Step;
import dev.bes.orchestrator.run.Sweep;
import dev.bes.orchestrator.run.acceptance.NewRun;
import dev.bes.orchestrator.run.claim.Claims.Deferral;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class DueWorkPollerTests {
    private static final Duration IDLE =
            StepFixture.settings(Path.of("delivered")).idleInterval();

    private final RunParts node = DatabaseFixture.shared().node("watching");
    private final NewRun run = RunBuilder.aRun().build();
    private final NewRun other = RunBuilder.aRun().build();

    private Duration look() {
        DueWorkPoller dueWorkPoller = new DueWorkPoller(
                node.dueTimes(), node.folds(), node.wakeups(), StepFixture.settings(Path.of("delivered")));
        return dueWorkPoller.poll(
                Set.of(run.definition().endpoint(), other.definition().endpoint()));
    }

    /** The sweeps for which it rings at the endpoint of a run. */
    private List<Sweep> rung(NewRun which) throws InterruptedException {
        List<Sweep> rung = new ArrayList<>();
        for (Sweep sweep : Sweep.values()) {
            if (node.wakeups().await(sweep, which.definition().endpoint(), Duration.ZERO)) {
                rung.add(sweep);
            }
        }
        return rung;
    }

    private void defer(Claim claim, Duration time) {
        node.claims().defer(List.of(new Deferral(claim, time, null)));
    }

    @Test
    void wakesOnlyWhatHasWork() throws InterruptedException {
        node.runs().accept(run);

        assertThat(look()).isEqualTo(IDLE);
        assertThat(rung(run)).containsExactly(Sweep.LAUNCH);
        assertThat(rung(other)).isEmpty();
    }

    @Test
    void wakesEachSweepThatHasWork() throws InterruptedException {
        Map<Step, Sweep> sweeps = Map.of(
                Step.PLANNED,
                Sweep.LAUNCH,
                Step.STAGED,
                Sweep.LAUNCH,
                Step.SUBMITTED,
                Sweep.LAUNCH,
                Step.STARTED,
                Sweep.TRACK,
                Step.SCORED,
                Sweep.COLLECT);
        for (Step step : sweeps.keySet()) {
            NewRun one = RunBuilder.aRun().on(run.definition().endpoint()).build();
            Claim claim = new ScoringSetup(node).one(step, one);
            defer(claim, Duration.ZERO);

            look();

            assertThat(rung(run)).as(step.name()).containsExactly(sweeps.get(step));
            assertThat(node.claim(sweeps.get(step), one)).hasSize(1);
        }
    }

    @Test
    void leavesAloneWhatSomebodyHolds() throws InterruptedException {
        node.runs().accept(run);
        node.claim(Sweep.LAUNCH, run);

        look();

        assertThat(rung(run)).isEmpty();
    }

    @Test
    void looksAgainWhenSomethingIsDue() throws InterruptedException {
        node.runs().accept(run);
        Claim claim = node.claim(Sweep.LAUNCH, run).getFirst();
        defer(claim, IDLE.multipliedBy(3));

        assertThat(look()).as("not due before").isBetween(IDLE.dividedBy(2), IDLE);
        Awaitility.await().pollInSameThread().until(() -> {
            look();
            return rung(run).equals(List.of(Sweep.LAUNCH));
        });
    }

    @Test
    void wakesNobodyForWhatWaitsForSomebody() throws InterruptedException {
        Claim claim = new ScoringSetup(node).one(Step.STAGED, run);
        node.moves().apply(List.of(Move.needsAttention(claim, Attention.SUBMITS_UNANSWERED, "nobody knows")));

        assertThat(look()).isEqualTo(IDLE);
        assertThat(rung(run)).isEmpty();
    }
}
