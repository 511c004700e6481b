package dev.bes.orchestrator.run.command;

import static dev.bes.orchestrator.run.RunBuilder.aRun;
import static dev.bes.orchestrator.run.RunParts.LEASE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bes.orchestrator.run.Actor;
import dev.bes.orchestrator.run.Claim;
import dev.bes.orchestrator.run.DatabaseFixture;
import dev.bes.orchestrator.run.Move;
import dev.bes.orchestrator.run.Parallel;
import dev.bes.orchestrator.run.RunParts;
import dev.bes.orchestrator.run.ScoringSetup;
import dev.bes.orchestrator.run.ScoringState;
import dev.bes.orchestrator.run.State;
import dev.bes.orchestrator.run.Step;
import dev.bes.orchestrator.run.StopReason;
import dev.bes.orchestrator.run.Sweep;
import dev.bes.orchestrator.run.acceptance.NewRun;
import dev.bes.orchestrator.run.journal.HistoryEntry;
import dev.bes.orchestrator.run.query.RunView;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

class CancellationTests {
    private static final DatabaseFixture DATABASE = DatabaseFixture.shared();

    private final RunParts node = DATABASE.node("a");
    private final RunParts other = DATABASE.node("b");
    private final ScoringSetup scoringSetup = new ScoringSetup(other);

    @ParameterizedTest
    @EnumSource(names = {"PLANNED", "STAGED", "SCORED"})
    void endsAtOnceWhatHasNoRemoteJobAtWork(Step step) {
        Claim claim = scoringSetup.one(step, aRun().build());

        assertThat(node.cancellation().cancel(claim.run(), Actor.user("ada"))).isTrue();

        assertThat(node.position(claim)).isEqualTo(new ScoringState(step, State.CANCELLED));
        assertThat(node.run(claim).state()).isEqualTo(State.CANCELLED);
        assertThat(node.run(claim).cause()).isEqualTo("cancelled on request");
        assertThat(node.run(claim).cancelRequestedAt()).isNotNull();
    }

    @ParameterizedTest
    @EnumSource(names = {"SUBMITTED", "STARTED"})
    void leavesWhatHasARemoteJobToTheTrackSweep(Step step) {
        Claim claim = scoringSetup.one(step, aRun().build());

        assertThat(node.cancellation().cancel(claim.run(), Actor.user("ada"))).isTrue();

        assertThat(node.position(claim)).isEqualTo(ScoringSetup.live(step));
        assertThat(node.row(claim)).containsEntry("stop_reason", "cancel").containsEntry("sweep", "track");
        assertThat(node.run(claim).state()).isEqualTo(State.NOT_STARTED);
    }

    @Test
    void stopsAStartedJobAtOnceAndASubmittedOneWhenItsStartHasLanded() {
        NewRun started = aRun().build();
        NewRun submitted = aRun().build();
        Claim onTheWay = scoringSetup.one(Step.SUBMITTED, submitted);
        node.cancellation().cancel(scoringSetup.one(Step.STARTED, started).run(), Actor.user("ada"));
        node.cancellation().cancel(onTheWay.run(), Actor.user("ada"));

        assertThat(node.claim(Sweep.TRACK, started))
                .extracting(Claim::stopReason)
                .containsExactly(StopReason.CANCEL);
        assertThat(node.claim(Sweep.TRACK, submitted)).isEmpty();
        assertThat(DATABASE.jdbc()
                        .sql("SELECT extract(epoch FROM due_at - clock_timestamp())::int FROM scoring WHERE id = ?")
                        .param(onTheWay.scoring())
                        .query(Integer.class)
                        .single())
                .isBetween(20, 30);
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "DELIVERED")
    void takesTheClaimFromWhoeverIsInTheMiddle(Step step) {
        Claim claim = scoringSetup.one(step, aRun().build());
        node.cancellation().cancel(claim.run(), Actor.user("ada"));

        Move onwards = switch (step) {
            case PLANNED -> Move.staged(claim, ScoringSetup.STAGED, 3, LEASE);
            case STAGED -> Move.submitted(claim, UUID.randomUUID(), "late" + claim.scoring(), LEASE);
            case SUBMITTED -> Move.started(claim, LEASE);
            case STARTED -> Move.scored(claim, "Finished");
            case SCORED, DELIVERED -> Move.delivered(claim, ScoringSetup.DELIVERED);
        };
        assertThat(other.moves().apply(List.of(onwards))).isEmpty();
        assertThat(node.run(claim).state()).isNotEqualTo(State.FINISHED);
    }

    @Test
    void changesNothingTheSecondTime() {
        Claim claim = scoringSetup.one(Step.STARTED, aRun().build());
        node.cancellation().cancel(claim.run(), Actor.user("ada"));
        RunView before = node.run(claim);
        Object epoch = node.row(claim).get("epoch");

        assertThat(node.cancellation().cancel(claim.run(), Actor.user("ada"))).isTrue();

        assertThat(node.run(claim)).isEqualTo(before);
        assertThat(node.row(claim)).containsEntry("epoch", epoch);
        assertThat(node.history(claim)).extracting(HistoryEntry::cause).containsOnlyOnce("cancelled on request");
    }

    @Test
    void leavesARunAloneThatHasEnded() {
        Claim claim = scoringSetup.one(Step.DELIVERED, aRun().build());
        RunView before = node.run(claim);

        assertThat(node.cancellation().cancel(claim.run(), Actor.user("ada"))).isFalse();
        assertThat(node.run(claim)).isEqualTo(before);
        assertThat(node.cancellation().cancel(Long.MAX_VALUE, Actor.user("ada")))
                .as("no such run")
                .isFalse();
    }

    @Test
    void keepsWhatIsHomeAlready() {
        NewRun run = aRun().withScorings(2).build();
        List<Claim> claims = scoringSetup.all(ScoringSetup.live(Step.SCORED), run);
        other.moves().apply(List.of(Move.delivered(claims.getFirst(), ScoringSetup.DELIVERED)));

        node.cancellation().cancel(claims.getFirst().run(), Actor.user("ada"));

        assertThat(claims).extracting(c -> node.position(c).state()).containsExactly(State.FINISHED, State.CANCELLED);
        assertThat(node.run(claims.getFirst()).state()).isEqualTo(State.CANCELLED);
    }

    @Test
    void leavesNoSecondAttemptToAJobThatIsBeingStoppedForItsDeadline() {
        NewRun run = aRun().withAttempts(2).build();
        Claim claim = scoringSetup.one(Step.STARTED, run);
        other.moves().apply(List.of(Move.stopping(claim, StopReason.DEADLINE, Duration.ZERO, "it took too long")));

        node.cancellation().cancel(claim.run(), Actor.user("ada"));

        assertThat(node.claim(Sweep.TRACK, run)).extracting(Claim::stopReason).containsExactly(StopReason.CANCEL);
    }

    @RepeatedTest(20)
    void getsAlongWithTheMovesOfTheSameRun() {
        NewRun run = aRun().withScorings(4).build();
        List<Claim> claims = scoringSetup.all(ScoringSetup.live(Step.STARTED), run);

        Parallel.all(List.of(
                () -> other.moves()
                        .apply(claims.stream()
                                .map(c -> Move.failed(c, "it broke", null))
                                .toList())
                        .size(),
                () -> node.cancellation().cancel(claims.getFirst().run(), Actor.user("ada")) ? 1 : 0));

        List<Claim> left = node.claim(Sweep.TRACK, run);
        node.moves()
                .apply(left.stream().map(c -> Move.cancelled(c, "enough", null)).toList());
        assertThat(left.size()).as("all or none").isIn(0, 4);
        assertThat(node.run(claims.getFirst()).state()).isEqualTo(left.isEmpty() ? State.FAILED : State.CANCELLED);
    }
}
