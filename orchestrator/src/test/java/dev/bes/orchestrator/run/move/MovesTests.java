package dev.bes.orchestrator.run.move;

import static dev.bes.orchestrator.run.RunBuilder.aRun;
import static dev.bes.orchestrator.run.RunParts.LEASE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bes.orchestrator.run.Claim;
import dev.bes.orchestrator.run.DatabaseFixture;
import dev.bes.orchestrator.run.IllegalMoveException;
import dev.bes.orchestrator.run.Move;
import dev.bes.orchestrator.run.Parallel;
import dev.bes.orchestrator.run.RunParts;
import dev.bes.orchestrator.run.ScoringSetup;
import dev.bes.orchestrator.run.ScoringState;
import dev.bes.orchestrator.run.ScoringStateTests;
import dev.bes.orchestrator.run.State;
import dev.bes.orchestrator.run.Step;
import dev.bes.orchestrator.run.Sweep;
import dev.bes.orchestrator.run.acceptance.NewRun;
import dev.bes.orchestrator.run.claim.Claims;
import dev.bes.orchestrator.run.journal.HistoryEntry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessException;

/** The one door through which scorings move, on a real database. */
class MovesTests {
    private static final DatabaseFixture DATABASE = DatabaseFixture.shared();

    private final RunParts node = DATABASE.node("a");
    private final RunParts other = DATABASE.node("b");
    private final ScoringSetup scoringSetup = new ScoringSetup(node);

    private static Move plain(Claim claim, ScoringState to, int attempt) {
        boolean answer = claim.scoringState().step() == Step.STAGED && to.step() == Step.SCORED;
        Move.Fact fact = answer ? new Move.Fact.Answered(UUID.randomUUID()) : new Move.Fact.Nothing();
        return new Move(claim, to, attempt, null, LEASE, false, "because", "Word", fact);
    }

    @Test
    void makesEveryLegalMove() {
        List<String> made = new ArrayList<>();
        for (ScoringState from : ScoringState.all()) {
            for (ScoringState to : ScoringState.all()) {
                if (ScoringStateTests.LEGAL.contains(ScoringStateTests.word(from, to))) {
                    Claim claim = scoringSetup.one(from, aRun().build());
                    assertThat(node.moves().apply(List.of(plain(claim, to, 1)))).hasSize(1);
                    assertThat(node.position(claim)).isEqualTo(to);
                    made.add(lastMove(claim));
                }
            }
        }
        assertThat(made)
                .as("each was made, and written down as it was made")
                .containsExactlyInAnyOrderElementsOf(ScoringStateTests.LEGAL);
    }

    @Test
    void makesNoOtherMove() {
        for (ScoringState from : ScoringState.all()) {
            Claim claim = scoringSetup.one(from, aRun().build());
            Map<String, @Nullable Object> before = node.row(claim);
            for (ScoringState to : ScoringState.all()) {
                if (!ScoringStateTests.LEGAL.contains(ScoringStateTests.word(from, to))) {
                    Move illegal = plain(claim, to, 1);
                    assertThatThrownBy(() -> node.moves().apply(List.of(illegal)))
                            .as("%s to %s", from, to)
                            .isInstanceOf(IllegalMoveException.class);
                }
            }
            assertThat(node.row(claim)).isEqualTo(before);
        }
    }

    @Test
    void scoresWithoutAJobOnlyWhatWasAnswered() {
        Claim staged = scoringSetup.one(Step.STAGED, aRun().build());
        Claim started = scoringSetup.one(Step.STARTED, aRun().build());

        assertThatThrownBy(() -> node.moves().apply(List.of(Move.scored(staged, "Finished"))))
                .isInstanceOf(IllegalMoveException.class);
        assertThatThrownBy(() -> node.moves().apply(List.of(Move.answered(started, UUID.randomUUID()))))
                .isInstanceOf(IllegalMoveException.class);
    }

    @Test
    void beginsANewAttemptOnlyWhereItMayAndOnlyAtItsBeginning() {
        List<String> begun = new ArrayList<>();
        for (ScoringState from : ScoringState.all()) {
            Claim claim = scoringSetup.one(from, aRun().build());
            List<ScoringState> possible = ScoringState.all().stream()
                    .filter(to -> plain(claim, to, 2).legal())
                    .toList();
            if (!possible.isEmpty()) {
                assertThat(possible).containsExactly(ScoringSetup.live(Step.PLANNED));
                assertThat(node.moves().apply(List.of(plain(claim, possible.getFirst(), 2))))
                        .hasSize(1);
                begun.add(lastMove(claim));
            }
            assertThat(ScoringState.all()).noneMatch(to -> plain(claim, to, 3).legal());
        }
        assertThat(begun)
                .containsExactlyInAnyOrderElementsOf(ScoringStateTests.TRIED_AGAIN.stream()
                        .map(from -> from + " -> PLANNED/NotStarted")
                        .toList());
    }

    private String lastMove(Claim claim) {
        HistoryEntry last = node.history(claim).getLast();
        return "%s/%s -> %s/%s"
                .formatted(
                        last.fromStep(),
                        last.from().word(),
                        last.toStep(),
                        last.to().word());
    }

    @Test
    void makesNoMoveOfASetThatHasAnIllegalOne() {
        List<Claim> claims = scoringSetup.all(
                ScoringSetup.live(Step.PLANNED), aRun().withScorings(2).build());

        assertThatThrownBy(() -> node.moves()
                        .apply(List.of(
                                Move.staged(claims.getFirst(), ScoringSetup.STAGED, 3, LEASE),
                                Move.started(claims.getLast(), LEASE))))
                .isInstanceOf(IllegalMoveException.class)
                .hasMessage("Scoring %d may not move from PLANNED/NotStarted to STARTED/NotStarted (attempt 1 to 1)"
                        .formatted(claims.getLast().scoring()));
        assertThat(claims).allSatisfy(c -> assertThat(node.position(c)).isEqualTo(ScoringSetup.live(Step.PLANNED)));
        assertThat(node.reader().history(claims.getFirst().run(), 10))
                .extracting(HistoryEntry::cause)
                .containsExactly("accepted");
    }

    @Test
    void movesNothingForAnEpochThatHasPassed() {
        NewRun run = aRun().build();
        Claim old = scoringSetup.one(Step.PLANNED, run);
        node.letTimePass(run);
        Claim later = other.claim(Sweep.LAUNCH, run).getFirst();
        Map<String, @Nullable Object> before = node.row(old);

        assertThat(node.moves().apply(List.of(Move.staged(old, ScoringSetup.STAGED, 3, LEASE))))
                .isEmpty();
        assertThat(node.row(old)).as("not even let go").isEqualTo(before);
        assertThat(node.history(old)).isEmpty();
        assertThat(node.scoring(old).attempts()).isEmpty();
        assertThat(other.moves().apply(List.of(Move.staged(later, ScoringSetup.STAGED, 3, LEASE))))
                .hasSize(1);
    }

    @Test
    void movesNothingTwice() {
        Claim claim = scoringSetup.one(Step.SUBMITTED, aRun().build());
        Move move = Move.started(claim, LEASE);

        assertThat(node.moves().apply(List.of(move))).hasSize(1);
        assertThat(node.moves().apply(List.of(move))).isEmpty();
        assertThat(node.history(claim)).hasSize(3);
    }

    @Test
    void letsAClaimGoWhoseScoringIsBeingStoppedMeanwhile() {
        Claim claim = scoringSetup.one(Step.STARTED, aRun().build());
        stopBehindTheBackOf(claim);

        assertThat(node.moves().apply(List.of(Move.scored(claim, "Finished")))).isEmpty();
        assertThat(node.position(claim)).isEqualTo(ScoringSetup.live(Step.STARTED));
        assertThat(node.row(claim))
                .containsEntry("owner", null)
                .containsEntry("stop_reason", "cancel")
                .containsEntry("sweep", "track");
        assertThat(other.claims().claim(Sweep.TRACK, claim.endpoint(), Integer.MAX_VALUE, 1, LEASE))
                .as("due again, at once")
                .hasSize(1);
    }

    private void stopBehindTheBackOf(Claim claim) {
        DATABASE.jdbc()
                .sql("UPDATE scoring SET stop_reason = 'cancel' WHERE id = ?")
                .param(claim.scoring())
                .update();
    }

    @Test
    void makesTheOtherMovesOfASetWhenOneWasOvertaken() {
        NewRun run = aRun().withScorings(3).build();
        List<Claim> claims = scoringSetup.all(ScoringSetup.live(Step.STARTED), run);
        stopBehindTheBackOf(claims.get(1));

        List<Claim> moved = node.moves()
                .apply(claims.stream().map(c -> Move.scored(c, "Finished")).toList());

        assertThat(moved).extracting(Claim::position).containsExactly(1, 3);
        assertThat(moved).allSatisfy(c -> assertThat(c.scoringState()).isEqualTo(ScoringSetup.live(Step.SCORED)));
    }

    @Test
    void holdsTheClaimOnTheWayToTheStartAndLetsItGoAfterwards() {
        Claim planned = scoringSetup.one(Step.PLANNED, aRun().build());
        Claim staged = moved(Move.staged(planned, ScoringSetup.STAGED, 3, LEASE));
        assertThat(node.row(staged)).containsEntry("owner", "a");
        Claim bound = moved(ScoringSetup.submitted(staged, node.intents().open(List.of(staged))));
        assertThat(node.row(staged)).containsEntry("owner", "a");
        moved(Move.started(bound, LEASE));
        assertThat(node.row(staged)).containsEntry("owner", null);
    }

    private Claim moved(Move move) {
        return node.moves().apply(List.of(move)).getFirst();
    }

    @Test
    void knowsAfterAMoveWhatTheNextClaimWouldKnow() {
        NewRun run = aRun().build();
        Claim planned = scoringSetup.one(Step.PLANNED, run);
        Claim staged = moved(Move.staged(planned, ScoringSetup.STAGED, 3, LEASE));
        Claim bound = moved(ScoringSetup.submitted(staged, node.intents().open(List.of(staged))));
        node.letTimePass(run);
        Claim claimed = other.claim(Sweep.LAUNCH, run).getFirst();

        assertThat(bound.scoringState()).isEqualTo(claimed.scoringState());
        assertThat(bound.jobId()).isEqualTo(claimed.jobId());
        assertThat(bound.known().nonce()).isEqualTo(claimed.known().nonce());
        assertThat(bound.known().staged()).isEqualTo(claimed.known().staged());
        assertThat(bound.known().rowsIn()).isEqualTo(claimed.known().rowsIn());
    }

    @Test
    void clearsTroublesAndTheirCauseWithEachMove() {
        NewRun run = aRun().build();
        Claim claim = scoringSetup.one(Step.STARTED, run);
        node.claims().defer(List.of(new Claims.Deferral(claim, Duration.ZERO, "it rains")));
        Claim again = node.claim(Sweep.TRACK, run).getFirst();
        assertThat(again.failures()).isOne();

        moved(Move.running(again, LEASE, "Running"));

        assertThat(node.row(claim)).containsEntry("failures", 0).containsEntry("cause", null);
    }

    @Test
    void setsTheDueTimeOfTheNextSweep() {
        Claim claim = scoringSetup.one(Step.SUBMITTED, aRun().build());

        moved(Move.started(claim, Duration.ofMinutes(10)));

        assertThat(DATABASE.jdbc()
                        .sql("SELECT extract(epoch FROM due_at - clock_timestamp())::int FROM scoring WHERE id = ?")
                        .param(claim.scoring())
                        .query(Integer.class)
                        .single())
                .isBetween(540, 600);
    }

    @Test
    void survivesTwoSetsThatTakeTheSameRunsTheOtherWayRound() {
        for (int i = 0; i < 5; i++) {
            String endpoint = "crossing-" + UUID.randomUUID();
            List<Claim> claims = IntStream.range(0, 4)
                    .mapToObj(n -> aRun().on(endpoint).withScorings(2).build())
                    .flatMap(run -> scoringSetup.all(ScoringSetup.live(Step.STARTED), run).stream())
                    .toList();
            List<Move> firsts = moves(claims, 1);
            List<Move> seconds = moves(claims, 2).reversed();

            assertThat(Parallel.all(List.of(
                            () -> node.moves().apply(firsts).size(),
                            () -> other.moves().apply(seconds).size())))
                    .containsExactly(4, 4);
            assertThat(claims).allSatisfy(c -> assertThat(node.run(c).state()).isEqualTo(State.FAILED));
        }
    }

    private static List<Move> moves(List<Claim> claims, int place) {
        return claims.stream()
                .filter(c -> c.position() == place)
                .map(c -> Move.failed(c, "it broke", "Failed"))
                .toList();
    }

    @Test
    void writesNothingWhenAnythingOfItFails() {
        Claim claim = scoringSetup.one(Step.STAGED, aRun().build());
        Claim taken =
                scoringSetup.one(Step.SUBMITTED, aRun().on(claim.endpoint()).build());

        assertThatThrownBy(() ->
                        node.moves().apply(List.of(Move.submitted(claim, UUID.randomUUID(), taken.jobId(), LEASE))))
                .isInstanceOf(DataAccessException.class);
        assertThat(node.position(claim)).isEqualTo(ScoringSetup.live(Step.STAGED));
        assertThat(node.history(claim)).extracting(HistoryEntry::toStep).containsExactly("STAGED");
    }
}
