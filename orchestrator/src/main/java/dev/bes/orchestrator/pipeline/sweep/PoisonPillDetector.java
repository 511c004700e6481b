package dev.bes.orchestrator.pipeline.sweep;

import dev.bes.orchestrator.pipeline.PipelineSettings;
import dev.bes.orchestrator.run.Attention;
import dev.bes.orchestrator.run.Claim;
import dev.bes.orchestrator.run.Move;
import dev.bes.orchestrator.run.claim.Claims;
import dev.bes.orchestrator.run.move.Moves;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Finds the scoring that kills its node. What a dead node held is worked on in ever smaller sets, so that with each death
 * fewer are under suspicion; the one that is alone with its node when that dies is set aside, and the others go on.
 */
@Component
public class PoisonPillDetector {
    /** After so many nodes in a row a scoring is set aside. */
    static final int MOST_LAPSES = 4;

    private static final Logger LOG = LoggerFactory.getLogger(PoisonPillDetector.class);
    private static final int SHRINKS_BY = 8;

    private final Claims claims;
    private final Moves moves;
    private final PipelineSettings settings;

    public PoisonPillDetector(Claims claims, Moves moves, PipelineSettings settings) {
        this.claims = claims;
        this.moves = moves;
        this.settings = settings;
    }

    /** Leaves of a claimed set what may be worked on together; the others are parked or let go. */
    public List<Claim> sift(List<Claim> set) {
        int worst = set.stream().mapToInt(Claim::lapses).max().orElse(0);
        if (worst == 0) {
            return set;
        }
        park(those(set, c -> c.lapses() >= MOST_LAPSES));
        List<Claim> rest = those(set, c -> c.lapses() < MOST_LAPSES);
        int worstOfRest = rest.stream().mapToInt(Claim::lapses).max().orElse(0);
        List<Claim> together = those(rest, c -> c.lapses() == worstOfRest).stream()
                .limit(size(worstOfRest))
                .toList();
        List<Claim> others = new ArrayList<>(rest);
        others.removeAll(together);
        claims.release(others);
        return together;
    }

    private long size(int lapses) {
        return Math.max(1, settings.setSize() / (long) Math.pow(SHRINKS_BY, lapses));
    }

    private void park(List<Claim> poison) {
        poison.forEach(c -> LOG.warn(
                "Scoring {} of run {} is set aside: {} nodes in a row fell silent while they worked on it",
                c.place(),
                c.run(),
                c.lapses()));
        moves.apply(poison.stream()
                .map(c -> Move.parked(
                        c,
                        Attention.KILLS_ITS_NODE,
                        "%d nodes in a row fell silent while they worked on it".formatted(c.lapses())))
                .toList());
    }

    private static List<Claim> those(List<Claim> set, Predicate<Claim> which) {
        return set.stream().filter(which).toList();
    }
}
