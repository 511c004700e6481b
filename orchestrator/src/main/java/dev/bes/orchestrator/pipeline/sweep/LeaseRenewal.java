package dev.bes.orchestrator.pipeline.sweep;

import dev.bes.orchestrator.node.Heartbeat;
import dev.bes.orchestrator.pipeline.PipelineSettings;
import dev.bes.orchestrator.run.Claim;
import dev.bes.orchestrator.run.claim.HeldClaims;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/**
 * Renews the leases of the sets that this node processes, by a heartbeat three times per lease. Knows which claims were lost
 * to a cancellation, or to a node that considered this one dead.
 */
@Component
class LeaseRenewal implements SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(LeaseRenewal.class);
    private static final int BEATS_PER_LEASE = 3;

    private final Heartbeat heartbeat;
    private final PipelineSettings settings;
    private final SweepMeters meters;
    private final Map<Object, Held> sets = new ConcurrentHashMap<>();
    private final Semaphore ending = new Semaphore(0);
    private volatile @Nullable Thread thread;
    private boolean unfitLogged;

    LeaseRenewal(Heartbeat heartbeat, PipelineSettings settings, SweepMeters meters) {
        this.heartbeat = heartbeat;
        this.settings = settings;
        this.meters = meters;
    }

    private record Held(List<Claim> claims, Set<Long> lost) {
        boolean has(Claim claim) {
            return claims.stream().anyMatch(c -> c.scoring() == claim.scoring() && c.epoch() == claim.epoch());
        }
    }

    /** Runs the work on a claimed set, and renews its lease meanwhile. */
    void renewDuring(List<Claim> set, Runnable work) {
        Object key = new Object();
        sets.put(key, new Held(set, ConcurrentHashMap.newKeySet()));
        try {
            work.run();
        } finally {
            sets.remove(key);
        }
    }

    /** Whether this node still holds a claim that is in progress, as of the last heartbeat. */
    boolean isHeld(Claim claim) {
        return heartbeat.isFresh()
                && sets.values().stream().noneMatch(held -> held.lost.contains(claim.scoring()) && held.has(claim));
    }

    /** Sends one heartbeat. */
    void beat() {
        try {
            List<Claim> all =
                    sets.values().stream().flatMap(held -> held.claims.stream()).toList();
            markLost(heartbeat.beat(new HeldClaims(all), settings.lease()));
        } catch (RuntimeException e) {
            // the next heartbeat may succeed, so no failure may end the thread
            LOG.debug("A heartbeat failed", e);
        }
        logFitness(heartbeat.unfit());
    }

    private void logFitness(@Nullable String unfit) {
        if (unfit == null && unfitLogged) {
            LOG.info("This node takes on work");
            unfitLogged = false;
        } else if (unfit != null && !unfitLogged && !heartbeat.isOutageLogged() && !unfit.equals(Heartbeat.BACK)) {
            LOG.warn("This node takes on no work for now: {}", unfit);
            unfitLogged = true;
        }
    }

    private void markLost(Set<Long> scorings) {
        for (Held held : sets.values()) {
            List<Claim> lost = held.claims.stream()
                    .filter(claim -> scorings.contains(claim.scoring()) && held.lost.add(claim.scoring()))
                    .toList();
            if (!lost.isEmpty()) {
                meters.lost(lost.size());
                Claim first = lost.getFirst();
                LOG.info(
                        "Lost the lease of {} of the {} scorings of a set, the first of them scoring {} of run {}",
                        lost.size(),
                        held.claims.size(),
                        first.position(),
                        first.run());
            }
        }
    }

    @Override
    public void start() {
        beat();
        thread = Thread.ofPlatform().name("heartbeat").start(this::keepBeating);
    }

    private void keepBeating() {
        long pause = settings.lease().toMillis() / BEATS_PER_LEASE;
        try {
            while (!ending.tryAcquire(pause, TimeUnit.MILLISECONDS)) {
                beat();
            }
        } catch (InterruptedException e) {
            LOG.debug("The heartbeat was interrupted");
        }
    }

    @Override
    public void stop() {
        ending.release();
        try {
            Objects.requireNonNull(thread).join();
            heartbeat.stop();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (DataAccessException e) {
            LOG.debug("The end of this node could not be recorded; others notice that its heartbeat stopped", e);
        }
        thread = null;
    }

    @Override
    public boolean isRunning() {
        return thread != null;
    }

    /** Starts before the sweeps, and stops after them. */
    @Override
    public int getPhase() {
        return DEFAULT_PHASE - 1;
    }
}
