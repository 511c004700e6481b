package dev.bes.orchestrator.run.command;

import dev.bes.orchestrator.audit.Action;
import dev.bes.orchestrator.audit.AuditLog;
import dev.bes.orchestrator.database.transaction.Transactions;
import dev.bes.orchestrator.run.Actor;
import dev.bes.orchestrator.run.Claim;
import dev.bes.orchestrator.run.Move;
import dev.bes.orchestrator.run.StopReason;
import dev.bes.orchestrator.run.Sweep;
import dev.bes.orchestrator.run.claim.Claims;
import dev.bes.orchestrator.run.claim.WakeUps;
import dev.bes.orchestrator.run.fold.FoldMembers;
import dev.bes.orchestrator.run.move.Moves;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Cancels runs. What has no remote job ends at once; a remote job is asked to stop by the track sweep, and its scoring is
 * cancelled when the remote says so.
 */
@Component
public class Cancellation {
    // a start that is on its way when the run is cancelled must have landed before the job is cancelled after it
    private static final Duration START_IN_FLIGHT = Duration.ofSeconds(30);
    private static final String CAUSE = "cancelled on request";

    private final JdbcClient jdbc;
    private final Transactions transactions;
    private final Claims claims;
    private final Moves moves;
    private final FoldMembers folds;
    private final WakeUps wakeUps;
    private final AuditLog audit;

    public Cancellation(
            JdbcClient jdbc,
            Transactions transactions,
            Claims claims,
            Moves moves,
            FoldMembers folds,
            WakeUps wakeUps,
            AuditLog audit) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.claims = claims;
        this.moves = moves;
        this.folds = folds;
        this.wakeUps = wakeUps;
        this.audit = audit;
    }

    /**
     * Asks for a run to be cancelled; asking again changes nothing.
     *
     * @param by who asks
     * @return whether the run was still live
     */
    public boolean cancel(long run, Actor by) {
        return transactions.run(() -> {
            // scorings before their run, as moves lock them: the other way round the two would wait for each other
            List<Claim> seized = claims.seize(run, START_IN_FLIGHT);
            Optional<String> definition =
                    jdbc.sql("""
                    UPDATE run SET cancel_requested_at = clock_timestamp()
                    WHERE id = :run AND ended_at IS NULL AND cancel_requested_at IS NULL RETURNING definition""").param("run", run).query(String.class).optional();
            if (definition.isPresent()) {
                audit.allowed(Action.RUN_CANCELLED, by.toString(), "run " + run, definition.get(), null, null);
            } else if (!isLive(run)) {
                return false;
            }
            cancel(seized, by);
            // what was added to the run since the first look; from the mark on nothing is
            cancel(claims.seize(run, START_IN_FLIGHT), by);
            return true;
        });
    }

    private boolean isLive(long run) {
        return jdbc.sql("SELECT id FROM run WHERE id = :run AND ended_at IS NULL FOR UPDATE")
                .param("run", run)
                .query(Long.class)
                .optional()
                .isPresent();
    }

    private void cancel(List<Claim> seized, Actor by) {
        moves.apply(seized.stream().map(Cancellation::cancelled).toList(), by);
        folds.wakeAbandoned(seized);
        seized.stream().map(Claim::endpoint).distinct().forEach(endpoint -> wakeUps.ring(Sweep.TRACK, endpoint));
    }

    private static Move cancelled(Claim claim) {
        if (claim.isMember()) {
            // the job goes on for the others
            return Move.cancelled(claim, CAUSE, null);
        }
        return switch (claim.scoringState().step()) {
            case PLANNED, STAGED, SCORED, DELIVERED -> Move.cancelled(claim, CAUSE, null);
            case SUBMITTED -> Move.stopping(claim, StopReason.CANCEL, START_IN_FLIGHT, CAUSE);
            case STARTED -> Move.stopping(claim, StopReason.CANCEL, Duration.ZERO, CAUSE);
        };
    }
}
