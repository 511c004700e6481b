package dev.bes.orchestrator.run;

import java.util.List;
import org.springframework.stereotype.Component;

/** Lets scorings that need attention go on, on somebody's word. */
@Component
public class Resumption {
    private final Transactions transactions;
    private final Claims claims;
    private final Moves moves;
    private final Wakeups wakeups;

    Resumption(Transactions transactions, Claims claims, Moves moves, Wakeups wakeups) {
        this.transactions = transactions;
        this.claims = claims;
        this.moves = moves;
        this.wakeups = wakeups;
    }

    /**
     * Resumes a scoring where it stands: what was counted against it is forgotten.
     *
     * @param place its position in the run
     * @param by who says so
     * @return whether it needed attention
     */
    public boolean resume(long run, int place, Actor by) {
        return transactions.run(() -> {
            List<Claim> resumed = moves.apply(
                    claims.seizeParked(run, place).map(Move::resumed).stream().toList(), by);
            resumed.forEach(claim -> wakeups.ring(sweep(claim), claim.endpoint()));
            return !resumed.isEmpty();
        });
    }

    private static Sweep sweep(Claim claim) {
        return switch (claim.position().step()) {
            case PLANNED, STAGED, SUBMITTED -> claim.stopping() == null ? Sweep.LAUNCH : Sweep.TRACK;
            case STARTED -> Sweep.TRACK;
            case SCORED, DELIVERED -> Sweep.COLLECT;
        };
    }
}
