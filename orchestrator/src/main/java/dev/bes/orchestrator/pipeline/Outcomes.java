package dev.bes.orchestrator.pipeline;

import dev.bes.orchestrator.run.Claim;
import dev.bes.orchestrator.run.Claims;
import dev.bes.orchestrator.run.Claims.Deferral;
import dev.bes.orchestrator.run.Move;
import dev.bes.orchestrator.run.Moves;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Component;

/** Commits the outcomes of a set: one transaction for all moves, whatever each scoring's fate. */
@Component
class Outcomes {
    private final Moves moves;
    private final Claims claims;

    Outcomes(Moves moves, Claims claims) {
        this.moves = moves;
        this.claims = claims;
    }

    /**
     * Commits the outcomes.
     *
     * @return the claims that are still held and may go on to the next step
     */
    List<Claim> commit(List<? extends Outcome> outcomes) {
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
        Set<Long> goOn =
                toMake.stream().filter(Move::hold).map(m -> m.claim().scoring()).collect(Collectors.toSet());
        apply(toMake).stream().filter(c -> goOn.contains(c.scoring())).forEach(held::add);
        return held;
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
