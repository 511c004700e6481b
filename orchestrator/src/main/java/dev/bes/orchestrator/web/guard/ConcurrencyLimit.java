package dev.bes.orchestrator.web.guard;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Limits the concurrent requests of one kind. Logs when it starts and when it stops refusing. */
final class ConcurrencyLimit {
    private static final Logger LOG = LoggerFactory.getLogger(ConcurrencyLimit.class);
    // a short burst is served: a waiting request costs only a connection
    private static final long WAIT_MILLIS = 2_000;
    private static final Duration QUIET = Duration.ofSeconds(30);

    private final Semaphore free;
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
        this.free = new Semaphore(max, true);
        this.kind = kind;
        this.setting = setting;
        this.max = max;
        this.clock = clock;
    }

    /** Waits up to two seconds for a permit. A caller that gets true must call {@link #leave}. */
    boolean enter() {
        boolean entered;
        try {
            entered = free.tryAcquire(WAIT_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            entered = false;
        }
        logRefusals(entered);
        return entered;
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
