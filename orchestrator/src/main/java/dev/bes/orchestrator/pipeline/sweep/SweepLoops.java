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
 * Runs the loops of the sweeps while this node is fit, and releases all claims when it stops. Each endpoint has loops of its
 * own, so that a slow endpoint delays no other. A loop sleeps until a request or the poller of due work wakes it.
 */
@Component
class SweepLoops implements SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(SweepLoops.class);
    private static final Duration GRACE = Duration.ofSeconds(10);

    private final List<SweepSpec> sweepSpecs;
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
    private final SweepMeters meters;
    private final List<Thread> threads = new ArrayList<>();
    private final AtomicBoolean databaseOutage = new AtomicBoolean();
    private volatile CountDownLatch ended = new CountDownLatch(1);
    private volatile boolean running;
    private volatile boolean unknownEndpointsLogged;

    SweepLoops(
            List<SweepSpec> sweepSpecs,
            Endpoints endpoints,
            DueWorkPoller dueWorkPoller,
            WakeUps wakeUps,
            Claims claims,
            LeaseRenewal leaseRenewal,
            Heartbeat heartbeat,
            PoisonPillDetector poisonPillDetector,
            ItemGuard itemGuard,
            CollectHandover collectHandover,
            PipelineSettings settings,
            SweepMeters meters) {
        this.sweepSpecs = sweepSpecs;
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
        this.meters = meters;
    }

    @Override
    public void start() {
        running = true;
        ended = new CountDownLatch(1);
        collectHandover.start();
        unknownEndpointsLogged = logUnknownEndpoints();
        for (SweepSpec sweepSpec : sweepSpecs) {
            for (String endpoint : endpoints.names()) {
                start(sweepSpec, endpoint);
            }
        }
        threads.add(Thread.ofVirtual().name("due-work-poller").start(this::pollDueWork));
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
        itemGuard.shutDown();
        long end = System.nanoTime() + GRACE.toNanos();
        try {
            for (Thread thread : threads) {
                thread.join(Duration.ofNanos(Math.max(1, end - System.nanoTime())));
            }
            collectHandover.stop(Duration.ofNanos(Math.max(1, end - System.nanoTime())));
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
            LOG.warn(
                    "The database is not reachable: the claims of this node become due again when their leases expire");
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** Logs which endpoints have work but no settings, and returns whether this succeeded. */
    private boolean logUnknownEndpoints() {
        List<String> lines = attempt("The check for work of unknown endpoints", () -> claims.strand(endpoints.names()));
        if (lines != null) {
            lines.forEach(LOG::warn);
        }
        return lines != null;
    }

    private void pollDueWork() {
        try {
            while (running) {
                unknownEndpointsLogged = unknownEndpointsLogged || logUnknownEndpoints();
                Duration pause = attempt(
                        "The poller of due work",
                        () -> heartbeat.fit() ? dueWorkPoller.poll(endpoints.names()) : settings.idleInterval());
                pause(pause == null ? settings.idleInterval() : pause);
            }
        } catch (InterruptedException e) {
            LOG.debug("The poller of due work was interrupted");
        }
    }

    private void loop(SweepSpec sweepSpec, String endpoint) {
        try {
            while (running) {
                if (wakeUps.await(sweepSpec.sweep(), endpoint, settings.idleInterval())) {
                    work(sweepSpec, endpoint);
                }
            }
        } catch (InterruptedException e) {
            LOG.debug("A {} loop was interrupted", sweepSpec.sweep());
        }
    }

    private void work(SweepSpec sweepSpec, String endpoint) throws InterruptedException {
        boolean more = running;
        while (more) {
            more = Boolean.TRUE.equals(attempt(sweepSpec.sweep().name(), () -> sweep(sweepSpec, endpoint))) && running;
        }
        if (sweepSpec.pauses()) {
            pause(settings.idleInterval().dividedBy(2));
        }
    }

    private void pause(Duration time) throws InterruptedException {
        ended.await(time.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Returns the result of the work; null if it failed. It is tried again after the idle interval. */
    private <T> @Nullable T attempt(String what, Supplier<T> work) {
        try {
            T result = work.get();
            if (databaseOutage.compareAndSet(true, false)) {
                LOG.info("The database is back");
            }
            return result;
        } catch (DataAccessException | TransactionException e) {
            if (!DatabaseFailure.isOutage(e) && databaseOutage.compareAndSet(false, true)) {
                LOG.warn("The sweeps wait for the database: {}", e.getMessage());
            }
        } catch (RuntimeException | Error e) {
            if (DatabaseFailure.isOutage(e)) {
                LOG.debug("{} was interrupted by a database outage", what, e);
                return null;
            }
            LOG.error("{} failed; its claims become due again when their leases expire", what, e);
        }
        return null;
    }

    /** Claims and processes one set, and returns whether there may be more. */
    private boolean sweep(SweepSpec sweepSpec, String endpoint) {
        int max = heartbeat.fit()
                ? Math.min(settings.setSize(), sweepSpec.callBudget().applyAsInt(endpoint))
                : 0;
        if (max == 0) {
            return false;
        }
        List<Claim> set = claims.claim(
                sweepSpec.sweep(), endpoint, sweepSpec.maxJobs().applyAsInt(endpoint), max, settings.lease());
        List<Claim> selected = poisonPillDetector.select(set);
        boolean more = set.size() == max || selected.size() < set.size();
        if (more) {
            wakeUps.ringHere(sweepSpec.sweep(), endpoint);
        }
        if (!selected.isEmpty()) {
            meters.time(
                    sweepSpec.sweep(),
                    endpoint,
                    selected.size(),
                    () -> leaseRenewal.renewDuring(
                            selected, () -> sweepSpec.work().accept(selected)));
        }
        return more;
    }
}
