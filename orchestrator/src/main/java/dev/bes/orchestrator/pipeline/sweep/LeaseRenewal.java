package dev.bes.orchestrator.pipeline.sweep;

import dev.bes.orchestrator.node.Heartbeat;
import dev.bes.orchestrator.pipeline.PipelineSettings;
import dev.bes.orchestrator.run.Claim;
import dev.bes.orchestrator.run.claim.HeldClaims;
import java.util.Collection;
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
 * Lets the heart of this node beat three times per lease, so that the sets which it is working on stay its own; and tells
 * which of them it has lost all the same, to a cancellation or to a node that took this one for dead.
 */
@Component
class LeaseRenewal implements SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(LeaseRenewal.class);
    private static final int BEATS_PER_LEASE = 3;

    private final Heartbeat heartbeat;
    private final PipelineSettings settings;
    private final Map<Object, Held> sets = new ConcurrentHashMap<>();
    private final Semaphore ending = new Semaphore(0);
    private volatile @Nullable Thread thread;
    private boolean told;

    LeaseRenewal(Heartbeat heartbeat, PipelineSettings settings) {
        this.heartbeat = heartbeat;
        this.settings = settings;
    }

    private record Held(List<Claim> claims, Set<Long> lost) {
        boolean has(Claim claim) {
            return claims.stream().anyMatch(c -> c.scoring() == claim.scoring() && c.epoch() == claim.epoch());
        }
    }

    /** Runs the work on a claimed set while its lease is renewed. */
    void holding(List<Claim> set, Runnable work) {
        Object ticket = new Object();
        sets.put(ticket, new Held(set, ConcurrentHashMap.newKeySet()));
        try {
            work.run();
        } finally {
            sets.remove(ticket);
        }
    }

    /** Whether a claim that is being worked on is still ours, as far as this node can tell. */
    boolean holds(Claim claim) {
        return heartbeat.isFresh()
                && sets.values().stream().noneMatch(held -> held.lost.contains(claim.scoring()) && held.has(claim));
    }

    /** Beats once. */
    void beat() {
        try {
            List<Claim> all = sets.values().stream()
                    .map(Held::claims)
                    .flatMap(Collection::stream)
                    .toList();
            lose(heartbeat.beat(new HeldClaims(all), settings.lease()));
        } catch (RuntimeException e) {
            // whatever it was, the next beat may be better: a heart that stops never tells anybody
            LOG.debug("A beat was missed", e);
        }
        tell(heartbeat.unfit());
    }

    private void tell(@Nullable String unfit) {
        if (unfit == null && told) {
            LOG.info("This node takes on work");
            told = false;
        } else if (unfit != null && !told && !heartbeat.isOutageTold() && !unfit.equals(Heartbeat.BACK)) {
            LOG.warn("This node takes on no work for now: {}", unfit);
            told = true;
        }
    }

    private void lose(Set<Long> scorings) {
        for (Held held : sets.values()) {
            List<Claim> lost = held.claims.stream()
                    .filter(claim -> scorings.contains(claim.scoring()) && held.lost.add(claim.scoring()))
                    .toList();
            if (!lost.isEmpty()) {
                Claim first = lost.getFirst();
                LOG.info(
                        "Lost the lease of {} of the {} scorings of a set, the first of them scoring {} of run {}",
                        lost.size(),
                        held.claims.size(),
                        first.place(),
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
            LOG.debug("The heart was told to end");
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
            LOG.debug("The database will notice by itself that this node has ended", e);
        }
        thread = null;
    }

    @Override
    public boolean isRunning() {
        return thread != null;
    }

    /** Before the sweeps start, after they have ended. */
    @Override
    public int getPhase() {
        return DEFAULT_PHASE - 1;
    }
}
