package dev.bes.orchestrator.run;

import static dev.bes.orchestrator.run.RunBuilder.aRun;
import static dev.bes.orchestrator.run.RunParts.LEASE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bes.orchestrator.run.acceptance.NewRun;
import dev.bes.orchestrator.run.journal.HistoryEntry;
import dev.bes.orchestrator.run.query.ScoringView;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessException;

/** What is written down of every move. */
class HistoryTests {
    private static final DatabaseFixture DATABASE = DatabaseFixture.shared();

    private final RunParts node = DATABASE.node("a");
    private final ScoringSetup scoringSetup = new ScoringSetup(node);

    @Test
    void numbersTheMovesOfAScoringWithoutGaps() {
        NewRun run = aRun().withAttempts(2).build();
        Claim scored = scoringSetup.one(Step.SCORED, run);
        move(Move.tryAgain(scored, Duration.ZERO, "no good", null));
        Claim again = node.claim(Sweep.LAUNCH, run).getFirst();
        move(Move.staged(again, ScoringSetup.STAGED, 3, LEASE));
        move(Move.failed(staged(again), "it broke", "Failed"));

        List<HistoryEntry> history = node.history(scored);
        assertThat(history)
                .extracting(HistoryEntry::seq)
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(1, history.size()).boxed().toList());
        assertThat(history)
                .extracting(h -> h.attempt() + ": " + h.fromStep() + " -> " + h.toStep())
                .containsExactly(
                        "1: PLANNED -> STAGED",
                        "1: STAGED -> SUBMITTED",
                        "1: SUBMITTED -> STARTED",
                        "1: STARTED -> SCORED",
                        "1: SCORED -> PLANNED",
                        "2: PLANNED -> STAGED",
                        "2: STAGED -> STAGED");
    }

    private static Claim staged(Claim claim) {
        return claim.at(ScoringSetup.live(Step.STAGED));
    }

    private void move(Move move) {
        assertThat(node.moves().apply(List.of(move))).hasSize(1);
    }

    @Test
    void saysWhoMovedItWhyAndInWhichWordsOfTheRemote() {
        Claim claim = scoringSetup.one(Step.STARTED, aRun().build());

        DATABASE.node("late-shift").moves().apply(List.of(Move.failed(claim, "it broke", "Failed")));

        HistoryEntry last = node.history(claim).getLast();
        assertThat(last.node()).isEqualTo("late-shift");
        assertThat(last.cause()).isEqualTo("it broke");
        assertThat(last.remoteWord()).isEqualTo("Failed");
        HistoryEntry end = node.runHistory(claim.run()).getLast();
        assertThat(end.node()).isEqualTo("late-shift");
        assertThat(end.cause()).isEqualTo("it broke");
    }

    @Test
    void isWrittenInTheTransactionOfItsMove() {
        Claim claim = scoringSetup.one(Step.STARTED, aRun().build());

        move(Move.scored(claim, "Finished"));

        assertThat(DATABASE.jdbc()
                        .sql("""
                                SELECT s.xmin::text = h.xmin::text AND s.xmin::text = a.xmin::text
                                FROM scoring s JOIN history h ON h.scoring_id = s.id AND h.seq = s.moves
                                JOIN attempt a ON a.scoring_id = s.id WHERE s.id = ?""")
                        .param(claim.scoring())
                        .query(Boolean.class)
                        .single())
                .isTrue();
    }

    @Test
    void isNeverChanged() {
        Claim claim = scoringSetup.one(Step.STAGED, aRun().build());

        assertThatThrownBy(() -> DATABASE.jdbc()
                        .sql("UPDATE history SET cause = 'it was the others' WHERE scoring_id = ?")
                        .param(claim.scoring())
                        .update())
                .isInstanceOf(DataAccessException.class)
                .hasMessageContaining("history is append-only");
    }

    @Test
    void showsTheNewestMovesWhenThereAreTooMany() {
        Claim claim = scoringSetup.one(Step.DELIVERED, aRun().build());

        assertThat(node.reader().history(claim.run(), 2))
                .extracting(HistoryEntry::to)
                .containsExactly(State.FINISHED, State.FINISHED);
    }

    @Test
    void keepsTheFactsOfEachAttempt() {
        Claim claim = scoringSetup.one(Step.DELIVERED, aRun().build());
        ScoringView.AttemptView attempt = node.scoring(claim).attempts().getFirst();

        assertThat(attempt.number()).isOne();
        assertThat(attempt.state()).isEqualTo(State.FINISHED);
        assertThat(attempt.staged()).isEqualTo(ScoringSetup.STAGED);
        assertThat(attempt.rowsIn()).isEqualTo(3);
        assertThat(attempt.outputs()).isEqualTo(ScoringSetup.DELIVERED);
        assertThat(attempt.jobId()).isEqualTo(claim.jobId());
        assertThat(List.of(
                        attempt.stagedAt(),
                        Objects.requireNonNull(attempt.submittedAt()),
                        Objects.requireNonNull(attempt.startedAt()),
                        Objects.requireNonNull(attempt.scoredAt()),
                        Objects.requireNonNull(attempt.endedAt())))
                .isSorted();
    }

    @Test
    void keepsEachFactFromItsOwnMoveOn() {
        ScoringView.AttemptView started = attempt(scoringSetup.one(Step.STARTED, aRun().build()));
        ScoringView.AttemptView scored = attempt(scoringSetup.one(Step.SCORED, aRun().build()));

        assertThat(started.startedAt()).isNotNull();
        assertThat(started.scoredAt()).isNull();
        assertThat(scored.scoredAt()).isNotNull();
        assertThat(scored.endedAt()).isNull();
    }

    private ScoringView.AttemptView attempt(Claim claim) {
        return node.scoring(claim).attempts().getFirst();
    }

    @Test
    void keepsTheFactsOfAnAttemptThatIsOverWhileTheNextOneGoesOn() {
        NewRun run = aRun().withAttempts(2).build();
        Claim first = scoringSetup.one(Step.STARTED, run);
        move(Move.tryAgain(first, Duration.ZERO, "no good", "Failed"));
        Claim planned = node.claim(Sweep.LAUNCH, run).getFirst();
        assertThat(planned.attempt()).isEqualTo(2);
        assertThat(planned.facts()).as("nothing is known of the new attempt").isNull();
        move(Move.staged(planned, ScoringSetup.STAGED, 3, LEASE));

        assertThat(node.scoring(first).attempts())
                .extracting(a -> a.number() + " " + a.state().word() + " " + a.cause() + " " + a.jobId())
                .containsExactly("1 Failed no good " + first.jobId(), "2 NotStarted null null");
        move(Move.failed(staged(planned), "worse", null));
        assertThat(node.scoring(first).attempts())
                .extracting(a -> a.number() + " " + a.state().word() + " " + a.cause())
                .containsExactly("1 Failed no good", "2 Failed worse");
    }
}
