package dev.bes.orchestrator.run.move;

import dev.bes.orchestrator.database.JsonRows;
import dev.bes.orchestrator.database.PlannerSwitches;
import dev.bes.orchestrator.database.transaction.Transactions;
import dev.bes.orchestrator.node.Node;
import dev.bes.orchestrator.run.Actor;
import dev.bes.orchestrator.run.Claim;
import dev.bes.orchestrator.run.IllegalMoveException;
import dev.bes.orchestrator.run.Move;
import dev.bes.orchestrator.run.State;
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
import java.util.stream.Stream;
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
                    cause text, remote_word text, waits boolean, fold_due_ms bigint, leaves_fold boolean, %s)
            ), moved AS (
                UPDATE scoring s SET
                    step = m.to_step, state = m.to_state, attempt = m.to_attempt, stop_reason = m.to_stop_reason,
                    cause = CASE WHEN m.to_step = 'PLANNED' OR NOT m.waits THEN m.cause END, failures = 0, not_found_count = 0, expired_leases = 0, moves = s.moves + 1,
                    unreadable_inputs = s.unreadable_inputs + m.input_unreadable::int,
                    attention = m.attention,
                    resumed_at = CASE WHEN m.resumed THEN clock_timestamp() ELSE s.resumed_at END,
                    owner = CASE WHEN m.hold THEN s.owner END,
                    due_at = CASE WHEN m.attention IS NOT NULL OR m.waits THEN 'infinity'
                                  WHEN NOT m.ended THEN clock_timestamp() + m.due_ms * interval '1 ms' END,
                    ended_at = CASE WHEN m.ended THEN clock_timestamp() END,
                    fold_due_at = clock_timestamp() + m.fold_due_ms * interval '1 ms',
                    carrier_id = CASE WHEN NOT m.leaves_fold THEN s.carrier_id END
                FROM m
                WHERE s.id = m.id AND s.epoch = m.epoch AND s.step = m.from_step AND s.state = m.from_state
                  AND s.attempt = m.from_attempt AND s.stop_reason IS NOT DISTINCT FROM m.from_stop_reason
                RETURNING s.run_id, s.moves AS seq, s.endpoint, m.*
            ), %s""".formatted(AttemptFacts.COLUMNS, AttemptFacts.WRITE);

    private final Transactions transactions;
    private final LeaseStatements leaseStatements;
    private final MemberMoves memberMoves;
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
        this.memberMoves = new MemberMoves(switches.jdbc());
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
        committed.followed.forEach(row -> meters.followed(row.definition(), row.toState(), row.isNextAttempt()));
        committed.shadows.forEach(
                shadow -> meters.compared(shadow.definition(), shadow.verdict().word()));
        committed.runs.stream()
                .filter(run -> !run.serves())
                .forEach(run -> meters.ended(run.definition(), run.state(), run.duration()));
        return committed.moves.stream().map(Move::after).toList();
    }

    private record Committed(List<Move> moves, List<MoveRow> followed, List<EndedRun> runs, List<Judged> shadows) {}

    private Committed applyNow(Collection<Move> moves, Actor by) {
        leaseStatements.lock(moves.stream().map(Move::claim).toList());
        Set<Long> ids = write(moves.stream().map(MoveRow::of).toList(), by);
        Predicate<Move> wasMade = m -> ids.contains(m.claim().scoring());
        List<Move> made = moves.stream().filter(wasMade).toList();
        List<Judged> judged = shadows.follow(made);
        List<MoveRow> followed = follow(made, by);
        List<EndedRun> ended = runStateRollup.follow(
                runs(made, followed, State.RUNNING::equals), runs(made, followed, State::ended), by);
        leaseStatements.release(
                moves.stream().filter(wasMade.negate()).map(Move::claim).toList());
        return new Committed(made, followed, ended, judged);
    }

    /** Moves the members of folds as their carriers have moved. */
    private List<MoveRow> follow(List<Move> made, Actor by) {
        List<Move> carriers = made.stream().filter(m -> m.claim().isCarrier()).toList();
        List<MoveRow> rows = carriers.isEmpty() ? List.of() : memberMoves.following(carriers);
        Set<Long> ids = rows.isEmpty() ? Set.of() : write(rows, by);
        return rows.stream().filter(row -> ids.contains(row.id())).toList();
    }

    private Set<Long> write(List<MoveRow> rows, Actor by) {
        return new HashSet<>(journal.ofScorings(MOVE, by)
                .param("rows", JsonRows.rows(rows))
                .query(Long.class)
                .list());
    }

    private static Long[] runs(List<Move> made, List<MoveRow> followed, Predicate<State> which) {
        return Stream.concat(
                        made.stream()
                                .filter(m -> which.test(m.to().state()))
                                .map(m -> m.claim().run()),
                        followed.stream()
                                .filter(row -> which.test(row.toState()))
                                .map(MoveRow::run))
                .distinct()
                .toArray(Long[]::new);
    }
}
