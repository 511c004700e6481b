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
 * Finds the scoring that kills its node. Scorings of a dead node are processed in smaller sets after each death, until one is
 * alone in its set. If its node dies again, the scoring needs attention, and the others continue.
 */
@Component
public class PoisonPillDetector {
    /** A scoring needs attention after so many nodes have died in a row. */
    static final int MAX_LAPSES = 4;

    private static final Logger LOG = LoggerFactory.getLogger(PoisonPillDetector.class);
    private static final int SHRINK_FACTOR = 8;

    private final Claims claims;
    private final Moves moves;
    private final PipelineSettings settings;

    public PoisonPillDetector(Claims claims, Moves moves, PipelineSettings settings) {
        this.claims = claims;
        this.moves = moves;
        this.settings = settings;
    }

    /** Selects the scorings of a set that may be processed selected. The others are released, or need attention. */
    public List<Claim> select(List<Claim> set) {
        int worst = set.stream().mapToInt(Claim::expiredLeases).max().orElse(0);
        if (worst == 0) {
            return set;
        }
        requireAttention(matching(set, c -> c.expiredLeases() >= MAX_LAPSES));
        List<Claim> rest = matching(set, c -> c.expiredLeases() < MAX_LAPSES);
        int worstOfRest = rest.stream().mapToInt(Claim::expiredLeases).max().orElse(0);
        List<Claim> selected = matching(rest, c -> c.expiredLeases() == worstOfRest).stream()
                .limit(size(worstOfRest))
                .toList();
        List<Claim> others = new ArrayList<>(rest);
        others.removeAll(selected);
        claims.release(others);
        return selected;
    }

    private long size(int expiredLeases) {
        return Math.max(1, settings.setSize() / (long) Math.pow(SHRINK_FACTOR, expiredLeases));
    }

    private void requireAttention(List<Claim> poisonous) {
        poisonous.forEach(c -> LOG.warn(
                "Scoring {} of run {} needs attention: {} nodes in a row stopped responding while they processed it",
                c.position(),
                c.run(),
                c.expiredLeases()));
        moves.apply(poisonous.stream()
                .map(c -> Move.needsAttention(
                        c,
                        Attention.KILLS_ITS_NODE,
                        "%d nodes in a row stopped responding while they processed it".formatted(c.expiredLeases())))
                .toList());
    }

    private static List<Claim> matching(List<Claim> set, Predicate<Claim> which) {
        return set.stream().filter(which).toList();
    }
}
