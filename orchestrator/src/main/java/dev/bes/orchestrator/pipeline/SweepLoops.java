package dev.bes.orchestrator.pipeline;

import dev.bes.orchestrator.remote.Endpoints;
import dev.bes.orchestrator.run.Claim;
import dev.bes.orchestrator.run.Claims;
import dev.bes.orchestrator.run.Heartbeat;
import dev.bes.orchestrator.run.Wakeups;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * Keeps the sweeps going while this node is fit, and lets go of all claims when it ends. Every endpoint has loops of its
 * own: one that is slow or sick holds up nobody else.
 */
@Component
class SweepLoops implements SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(SweepLoops.class);
    private static final Duration GRACE = Duration.ofSeconds(10);

    private final List<Sweeper> sweepers;
    private final Endpoints endpoints;
    private final Wakeups wakeups;
    private final Claims claims;
    private final Leases leases;
    private final Heartbeat heartbeat;
    private final Suspects suspects;
    private final Guarded guarded;
    private final PipelineSettings settings;
    private final List<Thread> threads = new ArrayList<>();
    private final AtomicBoolean databaseAway = new AtomicBoolean();
    private volatile CountDownLatch ended = new CountDownLatch(1);
    private volatile boolean running;

    SweepLoops(
            List<Sweeper> sweepers,
            Endpoints endpoints,
            Wakeups wakeups,
            Claims claims,
            Leases leases,
            Heartbeat heartbeat,
            Suspects suspects,
            Guarded guarded,
            PipelineSettings settings) {
        this.sweepers = sweepers;
        this.endpoints = endpoints;
        this.wakeups = wakeups;
        this.claims = claims;
        this.leases = leases;
        this.heartbeat = heartbeat;
        this.suspects = suspects;
        this.guarded = guarded;
        this.settings = settings;
    }

    private enum Found {
        NOTHING,
        SOME,
        A_FULL_SET
    }

    @Override
    public void start() {
        running = true;
        ended = new CountDownLatch(1);
        claims.strand(endpoints.names()).forEach(LOG::warn);
        for (Sweeper sweeper : sweepers) {
            for (String endpoint : endpoints.names()) {
                start(sweeper, endpoint);
            }
        }
    }

    private void start(Sweeper sweeper, String endpoint) {
        for (int i = 0; i < sweeper.loops(); i++) {
            threads.add(Thread.ofVirtual()
                    .name("%s-%s-%d".formatted(sweeper.sweep(), endpoint, i))
                    .start(() -> loop(sweeper, endpoint)));
        }
    }

    @Override
    public void stop() {
        running = false;
        ended.countDown();
        guarded.end();
        sweepers.forEach(s -> wakeups.ringHere(s.sweep()));
        long end = System.nanoTime() + GRACE.toNanos();
        try {
            for (Thread thread : threads) {
                thread.join(Duration.ofNanos(Math.max(1, end - System.nanoTime())));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        threads.forEach(Thread::interrupt);
        threads.clear();
        release();
    }

    private void release() {
        try {
            claims.releaseAll();
        } catch (DataAccessException | TransactionException e) {
            LOG.warn("The database is away: what this node holds is due again when its lease ends");
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    private void loop(Sweeper sweeper, String endpoint) {
        try {
            while (running) {
                long heard = wakeups.heard(sweeper.sweep());
                Found found = sweep(sweeper, endpoint);
                if (found == Found.NOTHING && running) {
                    wakeups.await(sweeper.sweep(), heard, settings.idle());
                }
                if (found != Found.A_FULL_SET && sweeper.gathers()) {
                    ended.await(settings.idle().toMillis() / 2, TimeUnit.MILLISECONDS);
                }
            }
        } catch (InterruptedException e) {
            LOG.debug("A {} loop was told to end", sweeper.sweep());
        }
    }

    private Found sweep(Sweeper sweeper, String endpoint) {
        try {
            Found found = sweepOnce(sweeper, endpoint);
            if (databaseAway.compareAndSet(true, false)) {
                LOG.info("The database is back");
            }
            return found;
        } catch (DataAccessException | TransactionException e) {
            if (databaseAway.compareAndSet(false, true)) {
                LOG.warn("The sweeps wait for the database: {}", e.getMessage());
            }
        } catch (RuntimeException | Error e) {
            LOG.error("{} failed on a set; its rows are due again when their lease ends", sweeper.sweep(), e);
        }
        return Found.NOTHING;
    }

    private Found sweepOnce(Sweeper sweeper, String endpoint) {
        if (!heartbeat.fit()) {
            return Found.NOTHING;
        }
        int most = Math.min(settings.setSize(), sweeper.affordable().applyAsInt(endpoint));
        if (most == 0) {
            return Found.NOTHING;
        }
        List<Claim> set =
                claims.claim(sweeper.sweep(), endpoint, sweeper.places().applyAsInt(endpoint), most, settings.lease());
        List<Claim> together = suspects.sift(set);
        if (!together.isEmpty()) {
            leases.holding(together, () -> sweeper.work().accept(together));
        }
        if (set.isEmpty()) {
            return Found.NOTHING;
        }
        return set.size() < most ? Found.SOME : Found.A_FULL_SET;
    }
}
