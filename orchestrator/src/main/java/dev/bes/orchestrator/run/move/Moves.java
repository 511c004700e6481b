package dev.bes.orchestrator.run.move;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.bes.orchestrator.database.JsonRows;
import dev.bes.orchestrator.database.PlannerSwitches;
import dev.bes.orchestrator.database.transaction.Transactions;
import dev.bes.orchestrator.node.Node;
import dev.bes.orchestrator.run.Actor;
import dev.bes.orchestrator.run.Claim;
import dev.bes.orchestrator.run.IllegalMoveException;
import dev.bes.orchestrator.run.Move;
import dev.bes.orchestrator.run.State;
import dev.bes.orchestrator.run.Step;
import dev.bes.orchestrator.run.StopReason;
import dev.bes.orchestrator.run.claim.LeaseStatements;
import dev.bes.orchestrator.run.journal.RunJournal;
import dev.bes.orchestrator.run.meter.RunMeters;
import dev.bes.orchestrator.run.move.RunStateRollup.EndedRun;
import dev.bes.orchestrator.run.shadow.Shadows;
import dev.bes.orchestrator.run.shadow.Shadows.Judged;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Applies a set of guarded moves in one transaction: the scorings, their history, the facts of their attempts and the
 * state of their runs. No other class moves a scoring.
 */
@Component
public class Moves {
    private static final String MOVE = """
            WITH m AS (
                SELECT * FROM json_to_recordset(:rows::json) AS m(
                    id bigint, epoch bigint, from_step text, from_state text, from_attempt int, from_stop_reason text,
                    to_step text, to_state text, to_attempt int, to_stop_reason text,
                    due_ms bigint, ended boolean, hold boolean, attention text, resumed boolean, input_unreadable boolean,
                    cause text, remote_word text, %s)
            ), moved AS (
                UPDATE scoring s SET
                    step = m.to_step, state = m.to_state, attempt = m.to_attempt, stop_reason = m.to_stop_reason,
                    cause = m.cause, failures = 0, not_found_count = 0, expired_leases = 0, moves = s.moves + 1,
                    unreadable_inputs = s.unreadable_inputs + m.input_unreadable::int,
                    attention = m.attention,
                    resumed_at = CASE WHEN m.resumed THEN clock_timestamp() ELSE s.resumed_at END,
                    owner = CASE WHEN m.hold THEN s.owner END,
                    due_at = CASE WHEN m.attention IS NOT NULL THEN 'infinity'
                                  WHEN NOT m.ended THEN clock_timestamp() + m.due_ms * interval '1 ms' END,
                    ended_at = CASE WHEN m.ended THEN clock_timestamp() END
                FROM m
                WHERE s.id = m.id AND s.epoch = m.epoch AND s.step = m.from_step AND s.state = m.from_state
                  AND s.attempt = m.from_attempt AND s.stop_reason IS NOT DISTINCT FROM m.from_stop_reason
                RETURNING s.run_id, s.moves AS seq, s.endpoint, m.*
            ), %s""".formatted(AttemptFacts.COLUMNS, AttemptFacts.WRITE);

    private final Transactions transactions;
    private final LeaseStatements leaseStatements;
    private final RunStateRollup runStateRollup;
    private final RunJournal journal;
    private final RunMeters meters;
    private final Shadows shadows;

    public Moves(
            PlannerSwitches switches,
            Transactions transactions,
            RunStateRollup runStateRollup,
            RunJournal journal,
            RunMeters meters,
            Shadows shadows,
            Node node) {
        this.transactions = transactions;
        this.leaseStatements = new LeaseStatements(switches.jdbc(), node);
        this.runStateRollup = runStateRollup;
        this.journal = journal;
        this.meters = meters;
        this.shadows = shadows;
    }

    /**
     * Makes the moves of this node whose claims still hold, in one transaction. A claim that another
     * node has taken over is released, and its scoring is not moved.
     *
     * @return the claims that moved, as they are now
     * @throws IllegalMoveException if a move is not in the table; then none is made
     */
    public List<Claim> apply(Collection<Move> moves) {
        return apply(moves, journal.self());
    }

    /** Makes moves on behalf of an actor. */
    public List<Claim> apply(Collection<Move> wanted, Actor by) {
        List<Move> moves = wanted.stream().map(Shadows::decided).toList();
        moves.stream().filter(m -> !m.legal()).findFirst().ifPresent(m -> {
            throw new IllegalMoveException(m);
        });
        if (moves.isEmpty()) {
            return List.of();
        }
        Committed committed = transactions.run(() -> applyNow(moves, by));
        meters.moved(committed.moves);
        committed.shadows.forEach(
                shadow -> meters.compared(shadow.definition(), shadow.verdict().word()));
        committed.runs.stream()
                .filter(run -> !run.shadow())
                .forEach(run -> meters.ended(run.definition(), run.state(), run.duration()));
        return committed.moves.stream().map(Move::after).toList();
    }

    private record Committed(List<Move> moves, List<EndedRun> runs, List<Judged> shadows) {}

    private Committed applyNow(Collection<Move> moves, Actor by) {
        leaseStatements.lock(moves.stream().map(Move::claim).toList());
        Set<Long> ids = new HashSet<>(journal.ofScorings(MOVE, by)
                .param("rows", JsonRows.rows(moves.stream().map(Row::of).toList()))
                .query(Long.class)
                .list());
        Predicate<Move> wasMade = m -> ids.contains(m.claim().scoring());
        List<Move> made = moves.stream().filter(wasMade).toList();
        List<Judged> judged = shadows.follow(made);
        List<EndedRun> ended = runStateRollup.follow(made, by);
        leaseStatements.release(
                moves.stream().filter(wasMade.negate()).map(Move::claim).toList());
        return new Committed(made, ended, judged);
    }

    private record Row(
            long id,
            long epoch,
            Step fromStep,
            State fromState,
            int fromAttempt,
            @Nullable String fromStopReason,
            Step toStep,
            State toState,
            int toAttempt,
            @Nullable String toStopReason,
            long dueMs,
            boolean ended,
            boolean hold,
            @Nullable String attention,
            boolean resumed,
            boolean inputUnreadable,
            @Nullable String cause,
            @Nullable String remoteWord,
            @JsonUnwrapped @Nullable AttemptFacts facts) {

        static Row of(Move move) {
            Claim claim = move.claim();
            return new Row(
                    claim.scoring(),
                    claim.epoch(),
                    claim.scoringState().step(),
                    claim.scoringState().state(),
                    claim.attempt(),
                    column(claim.stopReason()),
                    move.to().step(),
                    move.to().state(),
                    move.attempt(),
                    column(move.stopReason()),
                    move.due().toMillis(),
                    move.to().state().ended(),
                    move.hold(),
                    move.attention() == null ? null : move.attention().word(),
                    move.fact() instanceof Move.Fact.Resumed,
                    move.fact() instanceof Move.Fact.InputUnreadable,
                    move.cause(),
                    move.remoteWord(),
                    AttemptFacts.of(move));
        }

        private static @Nullable String column(@Nullable StopReason stopReason) {
            return stopReason == null ? null : stopReason.column();
        }
    }
}
