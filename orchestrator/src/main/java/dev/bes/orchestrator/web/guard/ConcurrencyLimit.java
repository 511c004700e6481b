package dev.bes.orchestrator.web.guard;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Limits the concurrent requests of one kind, and how many may wait for a place. Logs when it starts and when it stops refusing.
 */
final class ConcurrencyLimit {
    private static final Logger LOG = LoggerFactory.getLogger(ConcurrencyLimit.class);
    private static final Duration WAIT = Duration.ofSeconds(2);
    // a short burst is served; but a request that waits keeps 100 kB of buffers, which two thousand connections have
    // not
    private static final int WAITING_FOR_A_PLACE = 4;
    private static final Duration QUIET = Duration.ofSeconds(30);

    private final Semaphore free;
    private final Semaphore mayWait;
    private final Duration wait;
    private final String kind;
    private final String setting;
    private final int max;
    private final InstantSource clock;
    private @Nullable Instant lastRefusal;
    private long refused;

    /**
     * Creates the limit.
     *
     * @param kind the kind of requests, in the plural
     * @param setting the setting of the limit
     * @param max the limit
     */
    ConcurrencyLimit(String kind, String setting, int max, InstantSource clock) {
        this(kind, setting, max, WAIT, clock);
    }

    ConcurrencyLimit(String kind, String setting, int max, Duration wait, InstantSource clock) {
        this.free = new Semaphore(max, true);
        this.mayWait = new Semaphore(WAITING_FOR_A_PLACE * max);
        this.wait = wait;
        this.kind = kind;
        this.setting = setting;
        this.max = max;
        this.clock = clock;
    }

    /**
     * Waits up to two seconds for a permit, if not too many wait already. A caller that gets true must call {@link #leave}.
     */
    boolean enter() {
        boolean entered;
        try {
            entered = acquire(Duration.ZERO) || (mayWait.tryAcquire() && acquireOrGiveUp());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            entered = false;
        }
        logRefusals(entered);
        return entered;
    }

    private boolean acquireOrGiveUp() throws InterruptedException {
        try {
            return acquire(wait);
        } finally {
            mayWait.release();
        }
    }

    private boolean acquire(Duration within) throws InterruptedException {
        return free.tryAcquire(within.toMillis(), TimeUnit.MILLISECONDS);
    }

    void leave() {
        free.release();
    }

    /** Why a request is refused. */
    String reason() {
        return "%d %s are in progress, the limit set by %s".formatted(max, kind, setting);
    }

    private synchronized void logRefusals(boolean entered) {
        if (entered && lastRefusal == null) {
            return;
        }
        Instant now = clock.instant();
        if (!entered) {
            if (lastRefusal == null) {
                LOG.warn("{}; more are answered with 503 until some have ended", reason());
            }
            lastRefusal = now;
            refused++;
        } else if (lastRefusal != null && now.isAfter(lastRefusal.plus(QUIET))) {
            LOG.info("Refuses no more {}; {} were answered with 503", kind, refused);
            lastRefusal = null;
            refused = 0;
        }
    }
}
