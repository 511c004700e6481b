package dev.bes.orchestrator.pipeline;

import dev.bes.orchestrator.run.Claim;
import dev.bes.orchestrator.run.Claims;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Renews the leases of the sets that this node is working on, so that a long upload is not taken for a dead node. */
@Component
class Leases {
    private static final Logger LOG = LoggerFactory.getLogger(Leases.class);
    private static final int RENEWAL_SECONDS = 5;

    private final Claims claims;
    private final PipelineSettings settings;
    private final Map<Object, List<Claim>> held = new ConcurrentHashMap<>();

    Leases(Claims claims, PipelineSettings settings) {
        this.claims = claims;
        this.settings = settings;
    }

    /** Runs the work on a claimed set while its lease is renewed. */
    void holding(List<Claim> set, Runnable work) {
        Object ticket = new Object();
        held.put(ticket, set);
        try {
            work.run();
        } finally {
            held.remove(ticket);
        }
    }

    @Scheduled(fixedDelay = RENEWAL_SECONDS, timeUnit = TimeUnit.SECONDS)
    void renew() {
        try {
            claims.renew(held.values().stream().flatMap(Collection::stream).toList(), settings.lease());
        } catch (DataAccessException e) {
            LOG.warn("Leases could not be renewed: {}", e.getMessage());
        }
    }
}
