package dev.bes.orchestrator.pipeline.sweep;

import dev.bes.orchestrator.database.DatabaseFailure;
import dev.bes.orchestrator.node.Heartbeat;
import dev.bes.orchestrator.pipeline.ItemGuard;
import dev.bes.orchestrator.pipeline.PipelineSettings;
import dev.bes.orchestrator.remote.Endpoints;
import dev.bes.orchestrator.run.Claim;
import dev.bes.orchestrator.run.claim.Claims;
import dev.bes.orchestrator.run.claim.WakeUps;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * Keeps the sweeps going while this node is fit, and lets go of all claims when it ends. Every endpoint has loops of its
 * own: one that is slow or sick holds up nobody else. They sleep until a request or the watch wakes them.
 */
@Component
class SweepLoops implements SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(SweepLoops.class);
    private static final Duration GRACE = Duration.ofSeconds(10);

    private final List<SweepSpec> sweepers;
    private final Endpoints endpoints;
    private final DueWorkPoller dueWorkPoller;
    private final WakeUps wakeUps;
    private final Claims claims;
    private final LeaseRenewal leaseRenewal;
    private final Heartbeat heartbeat;
    private final PoisonPillDetector poisonPillDetector;
    private final ItemGuard itemGuard;
    private final CollectHandover collectHandover;
    private final PipelineSettings settings;
    private final List<Thread> threads = new ArrayList<>();
    private final AtomicBoolean databaseAway = new AtomicBoolean();
    private volatile CountDownLatch ended = new CountDownLatch(1);
    private volatile boolean running;
    private volatile boolean stranded;

    SweepLoops(
            List<SweepSpec> sweepers,
            Endpoints endpoints,
            DueWorkPoller dueWorkPoller,
            WakeUps wakeUps,
            Claims claims,
            LeaseRenewal leaseRenewal,
            Heartbeat heartbeat,
            PoisonPillDetector poisonPillDetector,
            ItemGuard itemGuard,
            CollectHandover collectHandover,
            PipelineSettings settings) {
        this.sweepers = sweepers;
        this.endpoints = endpoints;
        this.dueWorkPoller = dueWorkPoller;
        this.wakeUps = wakeUps;
        this.claims = claims;
        this.leaseRenewal = leaseRenewal;
        this.heartbeat = heartbeat;
        this.poisonPillDetector = poisonPillDetector;
        this.itemGuard = itemGuard;
        this.collectHandover = collectHandover;
        this.settings = settings;
    }

    @Override
    public void start() {
        running = true;
        ended = new CountDownLatch(1);
        collectHandover.begin();
        stranded = strand();
        for (SweepSpec sweepSpec : sweepers) {
            for (String endpoint : endpoints.names()) {
                start(sweepSpec, endpoint);
            }
        }
        threads.add(Thread.ofVirtual().name("watch").start(this::watch));
    }

    private void start(SweepSpec sweepSpec, String endpoint) {
        for (int i = 0; i < sweepSpec.loops(); i++) {
            threads.add(Thread.ofVirtual()
                    .name("%s-%s-%d".formatted(sweepSpec.sweep(), endpoint, i))
                    .start(() -> loop(sweepSpec, endpoint)));
        }
    }

    @Override
    public void stop() {
        running = false;
        ended.countDown();
        itemGuard.end();
        long end = System.nanoTime() + GRACE.toNanos();
        try {
            for (Thread thread : threads) {
                thread.join(Duration.ofNanos(Math.max(1, end - System.nanoTime())));
            }
            collectHandover.end(Duration.ofNanos(Math.max(1, end - System.nanoTime())));
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

    /** Says which endpoints have work but no settings; whether it could. */
    private boolean strand() {
        List<String> lines = attempt("Looking for work without an endpoint", () -> claims.strand(endpoints.names()));
        if (lines != null) {
            lines.forEach(LOG::warn);
        }
        return lines != null;
    }

    private void watch() {
        try {
            while (running) {
                stranded = stranded || strand();
                Duration pause = attempt(
                        "The watch", () -> heartbeat.fit() ? dueWorkPoller.look(endpoints.names()) : settings.idle());
                pause(pause == null ? settings.idle() : pause);
            }
        } catch (InterruptedException e) {
            LOG.debug("The watch was told to end");
        }
    }

    private void loop(SweepSpec sweepSpec, String endpoint) {
        try {
            while (running) {
                if (wakeUps.await(sweepSpec.sweep(), endpoint, settings.idle())) {
                    work(sweepSpec, endpoint);
                }
            }
        } catch (InterruptedException e) {
            LOG.debug("A {} loop was told to end", sweepSpec.sweep());
        }
    }

    private void work(SweepSpec sweepSpec, String endpoint) throws InterruptedException {
        boolean more = running;
        while (more) {
            more = Boolean.TRUE.equals(attempt(sweepSpec.sweep().name(), () -> sweep(sweepSpec, endpoint))) && running;
        }
        if (sweepSpec.gathers()) {
            pause(settings.idle().dividedBy(2));
        }
    }

    private void pause(Duration time) throws InterruptedException {
        ended.await(time.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** The result of the work; nothing if it could not be done, which is tried again after an idle time. */
    private <T> @Nullable T attempt(String what, Supplier<T> work) {
        try {
            T result = work.get();
            if (databaseAway.compareAndSet(true, false)) {
                LOG.info("The database is back");
            }
            return result;
        } catch (DataAccessException | TransactionException e) {
            if (!DatabaseFailure.isOutage(e) && databaseAway.compareAndSet(false, true)) {
                LOG.warn("The sweeps wait for the database: {}", e.getMessage());
            }
        } catch (RuntimeException | Error e) {
            if (DatabaseFailure.isOutage(e)) {
                LOG.debug("{} was broken off by an outage of the database", what, e);
                return null;
            }
            LOG.error("{} failed; what it had claimed is due again when its lease ends", what, e);
        }
        return null;
    }

    /** Works one set off; whether there may be more. */
    private boolean sweep(SweepSpec sweepSpec, String endpoint) {
        int most = heartbeat.fit()
                ? Math.min(settings.setSize(), sweepSpec.affordable().applyAsInt(endpoint))
                : 0;
        if (most == 0) {
            return false;
        }
        List<Claim> set = claims.claim(
                sweepSpec.sweep(), endpoint, sweepSpec.places().applyAsInt(endpoint), most, settings.lease());
        List<Claim> together = poisonPillDetector.sift(set);
        boolean more = set.size() == most || together.size() < set.size();
        if (more) {
            wakeUps.ringHere(sweepSpec.sweep(), endpoint);
        }
        if (!together.isEmpty()) {
            leaseRenewal.holding(together, () -> sweepSpec.work().accept(together));
        }
        return more;
    }
}
