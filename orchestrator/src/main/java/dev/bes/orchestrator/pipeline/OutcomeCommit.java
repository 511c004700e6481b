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

/** Commits the outcomes of a set: one transaction for all moves, whatever each scoring's fate. */
@Component
public class OutcomeCommit {
    private final Moves moves;
    private final Claims claims;

    public OutcomeCommit(Moves moves, Claims claims) {
        this.moves = moves;
        this.claims = claims;
    }

    /**
     * Commits the outcomes.
     *
     * @return what has become of their claims
     */
    public Committed commit(List<? extends Outcome> outcomes) {
        List<Move> toMake = new ArrayList<>();
        List<Deferral> toDefer = new ArrayList<>();
        List<Claim> held = new ArrayList<>();
        for (Outcome outcome : outcomes) {
            switch (outcome) {
                case Outcome.Moves(var move) -> toMake.add(move);
                case Outcome.Waits(var deferral) -> toDefer.add(deferral);
                case Outcome.Ready(var claim) -> held.add(claim);
            }
        }
        claims.defer(toDefer);
        Map<Long, Claim> moved =
                apply(toMake).stream().collect(Collectors.toMap(Claim::scoring, claim -> claim, (a, b) -> a));
        List<Move> overtaken = new ArrayList<>();
        for (Move move : toMake) {
            Claim after = moved.get(move.claim().scoring());
            if (after == null) {
                overtaken.add(move);
            } else if (move.hold()) {
                held.add(after);
            }
        }
        return new Committed(held, overtaken);
    }

    /**
     * What has become of the claims of a set.
     *
     * @param held those that are still held and may go on to the next step, as they are now
     * @param overtaken the moves that were not made, as somebody else has the scoring now
     */
    public record Committed(List<Claim> held, List<Move> overtaken) {
        public static final Committed NOTHING = new Committed(List.of(), List.of());
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

    /** Only the id of a remote job has to be new to us. */
    private static Move refused(Move move) {
        return Move.failed(
                move.claim(),
                "The remote side answered with the id of a job that belongs to another scoring; it was not started",
                null);
    }
}
