package dev.bes.orchestrator.run.move;

import static dev.bes.orchestrator.run.RunBuilder.aRun;
import static dev.bes.orchestrator.run.RunParts.LEASE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bes.orchestrator.run.Claim;
import dev.bes.orchestrator.run.DatabaseFixture;
import dev.bes.orchestrator.run.Move;
import dev.bes.orchestrator.run.Parallel;
import dev.bes.orchestrator.run.RunParts;
import dev.bes.orchestrator.run.ScoringSetup;
import dev.bes.orchestrator.run.ScoringState;
import dev.bes.orchestrator.run.State;
import dev.bes.orchestrator.run.Step;
import dev.bes.orchestrator.run.acceptance.NewRun;
import dev.bes.orchestrator.run.query.RunView;
import java.util.List;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** How the state of a run follows its scorings. */
class RunStateRollupTests {
    private static final DatabaseFixture DATABASE = DatabaseFixture.shared();

    private final RunParts node = DATABASE.node("a");
    private final RunParts other = DATABASE.node("b");
    private final ScoringSetup scoringSetup = new ScoringSetup(node);

    @Test
    void hasNotStartedUntilARemoteJobRuns() {
        Claim claim = scoringSetup.one(Step.STARTED, aRun().build());

        assertThat(node.run(claim).state()).isEqualTo(State.NOT_STARTED);
        assertThat(words(claim)).isEmpty();
    }

    @Test
    void runsOnceTheFirstScoringRuns() {
        NewRun run = aRun().withScorings(2).build();
        List<Claim> claims = scoringSetup.all(ScoringSetup.live(Step.STARTED), run);
        claims.forEach(c -> node.moves().apply(List.of(Move.running(c, LEASE, "Running"))));

        assertThat(node.run(claims.getFirst()).state()).isEqualTo(State.RUNNING);
        assertThat(words(claims.getFirst())).containsExactly("2 NotStarted -> Running");
    }

    @Test
    void finishesWithItsLastScoring() {
        List<Claim> claims = scoringSetup.all(
                ScoringSetup.live(Step.SCORED), aRun().withScorings(2).build());
        deliver(claims.getFirst());
        assertThat(node.run(claims.getFirst()).state()).isEqualTo(State.RUNNING);
        assertThat(node.run(claims.getFirst()).live()).isOne();
        deliver(claims.getLast());

        RunView run = node.run(claims.getFirst());
        assertThat(run.state()).isEqualTo(State.FINISHED);
        assertThat(run.cause()).isNull();
        assertThat(run.endedAt()).isAfter(run.createdAt());
        assertThat(words(claims.getFirst())).containsExactly("2 NotStarted -> Running", "3 Running -> Finished");
    }

    private void deliver(Claim claim) {
        assertThat(node.moves().apply(List.of(Move.delivered(claim, ScoringSetup.DELIVERED))))
                .hasSize(1);
    }

    @Test
    void failsWithTheCauseOfItsOnlyScoring() {
        Claim claim = scoringSetup.one(new ScoringState(Step.PLANNED, State.FAILED), aRun().build());

        assertThat(node.run(claim).state()).isEqualTo(State.FAILED);
        assertThat(node.run(claim).cause()).isEqualTo("it broke");
        assertThat(words(claim)).containsExactly("2 NotStarted -> Failed");
    }

    @Test
    void countsWhatFailedOfMany() {
        List<Claim> claims = scoringSetup.all(
                ScoringSetup.live(Step.SCORED), aRun().withScorings(5).build());
        claims.subList(0, 2).forEach(this::deliver);
        node.moves().apply(List.of(Move.cancelled(claims.get(2), "enough", null)));
        node.moves().apply(List.of(Move.failed(claims.get(3), "z is broken", null)));
        assertThat(node.run(claims.getFirst()).state()).isEqualTo(State.RUNNING);
        node.moves().apply(List.of(Move.failed(claims.get(4), "a is broken", null)));

        RunView run = node.run(claims.getFirst());
        assertThat(run.state()).isEqualTo(State.FAILED);
        assertThat(run.cause()).isEqualTo("2 of 5 failed: a is broken");
        assertThat(node.reader().counts(run.id()))
                .containsEntry(State.FINISHED, 2)
                .containsEntry(State.CANCELLED, 1)
                .containsEntry(State.FAILED, 2);
    }

    @Test
    void saysThatOneOfManyFailed() {
        List<Claim> claims = scoringSetup.all(
                ScoringSetup.live(Step.SCORED), aRun().withScorings(2).build());
        deliver(claims.getFirst());
        node.moves().apply(List.of(Move.failed(claims.getLast(), "it broke", null)));

        assertThat(node.run(claims.getFirst()).cause()).isEqualTo("1 of 2 failed: it broke");
    }

    @Test
    void isCancelledWhenSomeOfItWasAndTheRestIsFine() {
        List<Claim> claims = scoringSetup.all(
                ScoringSetup.live(Step.SCORED), aRun().withScorings(2).build());
        deliver(claims.getFirst());
        node.moves().apply(List.of(Move.cancelled(claims.getLast(), "enough", "Cancelled")));

        assertThat(node.run(claims.getFirst()).state()).isEqualTo(State.CANCELLED);
        assertThat(node.run(claims.getFirst()).cause()).isEqualTo("enough");
    }

    @Test
    void doesNotEndWhileAnotherAttemptIsToCome() {
        Claim claim = scoringSetup.one(Step.SCORED, aRun().withAttempts(2).build());

        node.moves().apply(List.of(Move.tryAgain(claim, LEASE, "no good", null)));

        assertThat(node.run(claim).state()).isEqualTo(State.RUNNING);
    }

    @Test
    void endsManyRunsAtOnce() {
        String endpoint = "many-runs";
        List<Claim> claims = List.of(1, 2, 3).stream()
                .map(i -> scoringSetup.one(Step.SCORED, aRun().on(endpoint).build()))
                .toList();

        node.moves()
                .apply(List.of(
                        Move.delivered(claims.get(0), ScoringSetup.DELIVERED),
                        Move.failed(claims.get(1), "it broke", null),
                        Move.cancelled(claims.get(2), "enough", null)));

        assertThat(claims)
                .extracting(c -> node.run(c).state())
                .containsExactly(State.FINISHED, State.FAILED, State.CANCELLED);
    }

    @RepeatedTest(50)
    void endsOnceWhenTwoNodesEndItsLastTwoScoringsAtTheSameTime() {
        List<Claim> claims = scoringSetup.all(
                ScoringSetup.live(Step.STARTED), aRun().withScorings(2).build());

        Parallel.all(List.of(
                () -> node.moves().apply(List.of(Move.failed(claims.getFirst(), "it broke", null))),
                () -> other.moves().apply(List.of(Move.failed(claims.getLast(), "it broke", null)))));

        assertThat(node.run(claims.getFirst()).cause()).isEqualTo("2 of 2 failed: it broke");
        assertThat(words(claims.getFirst())).containsExactly("2 NotStarted -> Failed");
    }

    private List<String> words(Claim claim) {
        return node.runHistory(claim.run()).stream()
                .skip(1) // its acceptance
                .map(h -> h.seq() + " " + h.from().word() + " -> " + h.to().word())
                .toList();
    }
}
