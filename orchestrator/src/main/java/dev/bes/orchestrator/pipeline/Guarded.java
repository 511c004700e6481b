package dev.bes.orchestrator.pipeline;

import dev.bes.orchestrator.run.Claim;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Keeps a mistake of ours that one scoring brings to light from harming the others of its set. */
@Component
class Guarded {
    private static final Logger LOG = LoggerFactory.getLogger(Guarded.class);

    private final Waits waits;

    Guarded(Waits waits) {
        this.waits = waits;
    }

    /** The outcome of a step, or a wait that says where to look if the step broke down. */
    Outcome run(Claim claim, Function<Claim, Outcome> step) {
        try {
            return step.apply(claim);
        } catch (RuntimeException e) {
            LOG.error("Scoring {} of run {} met a mistake of ours", claim.place(), claim.run(), e);
            return Outcome.later(
                    claim, waits.afterTrouble(claim), "Something unexpected went wrong, the log has it: " + e);
        }
    }
}
