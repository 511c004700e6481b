package dev.bes.orchestrator.run.command;

import dev.bes.orchestrator.audit.Action;
import dev.bes.orchestrator.audit.AuditLog;
import dev.bes.orchestrator.database.transaction.Transactions;
import dev.bes.orchestrator.run.Actor;
import dev.bes.orchestrator.run.Claim;
import dev.bes.orchestrator.run.Move;
import dev.bes.orchestrator.run.Sweep;
import dev.bes.orchestrator.run.claim.Claims;
import dev.bes.orchestrator.run.claim.WakeUps;
import dev.bes.orchestrator.run.move.Moves;
import java.util.List;
import org.springframework.stereotype.Component;

/** Resumes scorings that need attention when a user asks for it. */
@Component
public class Resumption {
    private final Transactions transactions;
    private final Claims claims;
    private final Moves moves;
    private final WakeUps wakeUps;
    private final AuditLog audit;

    public Resumption(Transactions transactions, Claims claims, Moves moves, WakeUps wakeUps, AuditLog audit) {
        this.transactions = transactions;
        this.claims = claims;
        this.moves = moves;
        this.wakeUps = wakeUps;
        this.audit = audit;
    }

    /**
     * Resumes a scoring where it stands: what was counted against it is forgotten.
     *
     * @param position its position in the run
     * @param by who says so
     * @return whether it needed attention
     */
    public boolean resume(long run, int position, Actor by) {
        return transactions.run(() -> {
            List<Claim> resumed = moves.apply(
                    claims.seizeNeedingAttention(run, position).map(Move::resumed).stream()
                            .toList(),
                    by);
            resumed.forEach(claim -> {
                wakeUps.ring(sweep(claim), claim.endpoint());
                audit.allowed(
                        Action.SCORING_RESUMED,
                        by.toString(),
                        "scoring %d of run %d".formatted(position, run),
                        claim.definition().name(),
                        null,
                        null);
            });
            return !resumed.isEmpty();
        });
    }

    private static Sweep sweep(Claim claim) {
        return switch (claim.scoringState().step()) {
            case PLANNED, STAGED, SUBMITTED -> claim.stopReason() == null ? Sweep.LAUNCH : Sweep.TRACK;
            case STARTED -> Sweep.TRACK;
            case SCORED, DELIVERED -> Sweep.COLLECT;
        };
    }
}
