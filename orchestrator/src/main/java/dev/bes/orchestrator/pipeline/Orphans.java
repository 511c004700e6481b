package dev.bes.orchestrator.pipeline;

import dev.bes.orchestrator.remote.Endpoints;
import dev.bes.orchestrator.remote.RemoteException;
import dev.bes.orchestrator.run.Claim;
import dev.bes.orchestrator.run.Intents;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Cancels remote jobs whose id came too late: another claim had overtaken the one that submitted them. Nobody else knows
 * such an id, so nobody starts it and nobody misses it.
 */
@Component
class Orphans {
    private static final Logger LOG = LoggerFactory.getLogger(Orphans.class);

    private final Endpoints endpoints;
    private final Intents intents;

    Orphans(Endpoints endpoints, Intents intents) {
        this.endpoints = endpoints;
        this.intents = intents;
    }

    /** Cancels those jobs of a set's submit calls that have become nobody's. */
    void cancel(List<Outcome> answers, List<Claim> bound) {
        Set<Long> inTime = bound.stream().map(Claim::scoring).collect(Collectors.toSet());
        for (Outcome answer : answers) {
            if (answer instanceof Outcome.Moves(var move)
                    && move.boundJob() != null
                    && !inTime.contains(move.claim().scoring())) {
                cancel(move.boundJob(), move.claim());
            }
        }
    }

    private void cancel(String job, Claim claim) {
        if (intents.owned(claim.endpoint(), job)) {
            return;
        }
        try {
            endpoints.jobs(claim.endpoint()).cancel(job);
            LOG.info("Job {} came too late for scoring {} of run {} and is cancelled", job, claim.place(), claim.run());
        } catch (RemoteException e) {
            LOG.info("Job {} is nobody's and stays unstarted: {}", job, e.getMessage());
        }
    }
}
