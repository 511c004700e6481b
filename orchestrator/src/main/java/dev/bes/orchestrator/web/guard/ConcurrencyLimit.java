package dev.bes.orchestrator.web.guard;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Bounds how many requests of one kind are worked on at a time, and says in the log when it begins and ends to refuse. */
final class ConcurrencyLimit {
    private static final Logger LOG = LoggerFactory.getLogger(ConcurrencyLimit.class);
    // a short rush is served; whoever waits costs a connection and nothing else
    private static final long PATIENCE_MILLIS = 2_000;
    private static final Duration QUIET = Duration.ofSeconds(30);

    private final Semaphore free;
    private final String what;
    private final String setting;
    private final int most;
    private final InstantSource clock;
    private @Nullable Instant refusedLast;
    private long refused;

    /**
     * A bound.
     *
     * @param what what is bounded, in the plural
     * @param setting the setting that says how many
     * @param most how many at a time
     */
    ConcurrencyLimit(String what, String setting, int most, InstantSource clock) {
        this.free = new Semaphore(most, true);
        this.what = what;
        this.setting = setting;
        this.most = most;
        this.clock = clock;
    }

    /** Whether the caller may go on, after a short wait if need be; then it has to {@link #leave} in the end. */
    boolean enter() {
        boolean entered;
        try {
            entered = free.tryAcquire(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            entered = false;
        }
        note(entered);
        return entered;
    }

    void leave() {
        free.release();
    }

    /** Why the caller may not go on. */
    String reason() {
        return "%d %s are worked on, as many as %s allows at a time".formatted(most, what, setting);
    }

    private synchronized void note(boolean entered) {
        if (entered && refusedLast == null) {
            return;
        }
        Instant now = clock.instant();
        if (!entered) {
            if (refusedLast == null) {
                LOG.warn("{}: more are answered with 503 until some have ended", reason());
            }
            refusedLast = now;
            refused++;
        } else if (refusedLast != null && now.isAfter(refusedLast.plus(QUIET))) {
            LOG.info("No {} are refused any more; {} were answered with 503", what, refused);
            refusedLast = null;
            refused = 0;
        }
    }
}
