package dev.bes.orchestrator.run;

import static dev.bes.orchestrator.run.RunBuilder.aRun;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bes.orchestrator.run.acceptance.NewRun;
import dev.bes.orchestrator.run.acceptance.ParametersTooLargeException;
import dev.bes.orchestrator.run.acceptance.RunAcceptance.Addition;
import dev.bes.orchestrator.run.query.RunView;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** A scoring that is added to a run which was accepted before. */
class AddedScoringTests {
    private static final DatabaseFixture DATABASE = DatabaseFixture.shared();
    private static final Actor ADA = Actor.user("ada");

    private final RunParts node = DATABASE.node("a");
    private final RunParts other = DATABASE.node("b");
    private final ScoringSetup scoringSetup = new ScoringSetup(node);

    private static Addition another(NewRun run) {
        return new Addition(
                run.definition().endpoint(),
                Map.of("input1", new InputFile("/in/later.csv", "later.csv")),
                Map.of("Target column", "text"),
                "later");
    }

    @Test
    void endsTheRunNoEarlierThanItself() {
        NewRun run = aRun().withScorings(2).withPriority(70).build();
        List<Claim> first = scoringSetup.all(ScoringSetup.live(Step.SCORED), run);
        long id = first.getFirst().run();

        assertThat(node.runs().add(id, another(run), ADA)).hasValue(3);
        first.forEach(claim -> node.moves().apply(List.of(Move.delivered(claim, ScoringSetup.DELIVERED))));
        RunView waiting = node.reader().find(id).orElseThrow();
        assertThat(waiting.state()).isEqualTo(State.RUNNING);
        assertThat(waiting.scorings()).isEqualTo(3);
        assertThat(waiting.live()).isOne();

        Claim added = node.claim(Sweep.LAUNCH, run).getFirst();
        assertThat(added.position()).isEqualTo(3);
        assertThat(added.delivery()).isEqualTo("later");
        assertThat(added.parameters()).isEqualTo(Map.of("Target column", "text"));
        assertThat(node.row(added)).containsEntry("priority", 70).containsEntry("definition", waiting.definition());
        node.moves().apply(List.of(Move.failed(added, "it broke", null)));

        assertThat(node.run(added).state()).isEqualTo(State.FAILED);
        assertThat(node.run(added).cause()).isEqualTo("1 of 3 failed: it broke");
        assertThat(node.reader().counts(id)).containsEntry(State.FINISHED, 2).containsEntry(State.FAILED, 1);
        assertThat(node.runHistory(id))
                .extracting(entry -> entry.seq() + " " + entry.cause() + " " + entry.actor())
                .contains("3 scoring 3 was added user:ada");
    }

    @Test
    void isRefusedByARunThatHasEndedOrIsBeingCancelledOrIsNoRun() {
        NewRun run = aRun().build();
        Claim ended = scoringSetup.one(Step.DELIVERED, run);
        Claim cancelled = scoringSetup.one(Step.STARTED, aRun().build());
        node.cancellation().cancel(cancelled.run(), ADA);

        for (long id : List.of(ended.run(), cancelled.run(), Long.MAX_VALUE)) {
            assertThat(node.runs().add(id, another(run), ADA)).isEmpty();
        }
        assertThat(node.run(ended).scorings()).isOne();
        assertThat(node.reader().scorings(cancelled.run(), 0, 10)).hasSize(1);
        assertThat(node.runHistory(ended.run()).getLast().to()).isEqualTo(State.FINISHED);
    }

    @Test
    void isRefusedWithParametersThatAreTooLarge() {
        NewRun run = aRun().build();
        long id = node.runs().accept(run).id();
        Addition large = new Addition("there", Map.of(), Map.of("p", "x".repeat(2_000_000)), "there");

        assertThatThrownBy(() -> node.runs().add(id, large, ADA)).isInstanceOf(ParametersTooLargeException.class);
        assertThat(node.reader().find(id).orElseThrow().scorings()).isOne();
    }

    @RepeatedTest(30)
    void isTakenOrRefusedWhenTheLastOneEndsInTheSameMoment() {
        NewRun run = aRun().build();
        Claim last = scoringSetup.one(Step.SCORED, run);
        boolean taken =
                race(run, last, () -> node.moves().apply(List.of(Move.delivered(last, ScoringSetup.DELIVERED))));

        assertThat(node.run(last).state()).isEqualTo(taken ? State.RUNNING : State.FINISHED);
        assertThat(node.run(last).scorings()).isEqualTo(taken ? 2 : 1);
        assertThat(node.reader().scorings(last.run(), 0, 10)).hasSize(taken ? 2 : 1);
        if (taken) {
            node.moves()
                    .apply(List.of(Move.cancelled(node.claim(Sweep.LAUNCH, run).getFirst(), "enough", null)));
            assertThat(node.run(last).state()).isEqualTo(State.CANCELLED);
        }
    }

    @RepeatedTest(30)
    void isCancelledOrRefusedWhenItsRunIsCancelledInTheSameMoment() {
        NewRun run = aRun().withScorings(2).build();
        Claim one = scoringSetup.all(ScoringSetup.live(Step.STAGED), run).getFirst();
        boolean taken = race(run, one, () -> node.cancellation().cancel(one.run(), ADA));

        assertThat(node.run(one).state()).isEqualTo(State.CANCELLED);
        assertThat(node.reader().counts(one.run())).isEqualTo(Map.of(State.CANCELLED, taken ? 3 : 2));
    }

    private boolean race(NewRun run, Claim claim, Callable<Object> against) {
        List<Object> results = Parallel.all(List.of(() -> other.runs().add(claim.run(), another(run), ADA), against));
        return ((OptionalInt) results.getFirst()).isPresent();
    }
}
