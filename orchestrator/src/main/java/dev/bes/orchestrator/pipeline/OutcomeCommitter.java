package dev.bes.orchestrator.pipeline;

import dev.bes.orchestrator.run.Claim;
import dev.bes.orchestrator.run.Move;
import dev.bes.orchestrator.run.claim.Claims;
import dev.bes.orchestrator.run.claim.Claims.Deferral;
import dev.bes.orchestrator.run.move.Moves;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Component;

/** Commits the outcomes of a claimed set, with one transaction for all moves. */
@Component
public class OutcomeCommitter {
    private final Moves moves;
    private final Claims claims;

    public OutcomeCommitter(Moves moves, Claims claims) {
        this.moves = moves;
        this.claims = claims;
    }

    /**
     * Commits the outcomes.
     *
     * @return the claims that continue, and the moves that were refused
     */
    public Committed commit(List<? extends Outcome> outcomes) {
        List<Move> toApply = new ArrayList<>();
        List<Deferral> toDefer = new ArrayList<>();
        List<Claim> held = new ArrayList<>();
        for (Outcome outcome : outcomes) {
            switch (outcome) {
                case Outcome.Moved(var move) -> toApply.add(move);
                case Outcome.Deferred(var deferral) -> toDefer.add(deferral);
                case Outcome.Unchanged(var claim) -> held.add(claim);
            }
        }
        claims.defer(toDefer);
        Map<Long, Claim> moved =
                apply(toApply).stream().collect(Collectors.toMap(Claim::scoring, claim -> claim, (a, b) -> a));
        List<Move> stale = new ArrayList<>();
        for (Move move : toApply) {
            Claim after = moved.get(move.claim().scoring());
            if (after == null) {
                stale.add(move);
            } else if (move.hold()) {
                held.add(after);
            }
        }
        return new Committed(held, stale);
    }

    /**
     * The result of a commit.
     *
     * @param held claims that this node still holds for the next step, in their new state
     * @param stale moves that were refused because another claim holds the scoring
     */
    public record Committed(List<Claim> held, List<Move> stale) {
        public static final Committed EMPTY = new Committed(List.of(), List.of());
    }

    private List<Claim> apply(List<Move> set) {
        try {
            return moves.apply(set);
        } catch (DuplicateKeyException e) {
            if (set.size() > 1) {
                return set.stream().flatMap(m -> apply(List.of(m)).stream()).toList();
            }
            moves.apply(List.of(refused(set.getFirst())));
            return List.of();
        }
    }

    /** The id of a remote job is the only unique key that a move sets. */
    private static Move refused(Move move) {
        return Move.failed(
                move.claim(),
                "The remote service returned the id of a job that belongs to another scoring; it was not started",
                null);
    }
}
