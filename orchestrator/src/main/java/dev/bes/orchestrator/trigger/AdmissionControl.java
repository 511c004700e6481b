package dev.bes.orchestrator.trigger;

import dev.bes.orchestrator.run.acceptance.Backlog;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.function.LongUnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * Closes the drop folders and the requests while too many scorings are unfinished. The count may be some seconds old, so that
 * a few scorings more than the limit are accepted.
 */
@Component
public class AdmissionControl {
    private static final Logger LOG = LoggerFactory.getLogger(AdmissionControl.class);
    private static final long MIN_PAUSE_NANOS = 1_000_000_000;
    private static final int PAUSES_PER_COUNT = 20;

    private final LongUnaryOperator backlog;
    private final LongSupplier nanoTime;
    private final ReentrantLock counting = new ReentrantLock();
    private final long limit;
    private volatile long recountAt;
    private volatile boolean full;

    @Autowired
    AdmissionControl(Backlog backlog, TriggerSettings settings) {
        this(backlog::count, settings.maxUnfinished(), System::nanoTime);
    }

    /**
     * Accepts everything until the first count.
     *
     * @param backlog counts the unfinished scorings, up to the number given
     * @param limit number of unfinished scorings from which triggers have to wait
     * @param nanoTime the monotonic clock
     */
    public AdmissionControl(LongUnaryOperator backlog, long limit, LongSupplier nanoTime) {
        this.backlog = backlog;
        this.limit = limit;
        this.nanoTime = nanoTime;
        this.recountAt = nanoTime.getAsLong();
    }

    /** Number of unfinished scorings from which triggers have to wait. */
    public long limit() {
        return limit;
    }

    /** Why an arriving file waits while the limit is reached. */
    public String waiting() {
        return "it waits, because " + limit
                + " scorings are unfinished (orchestrator.trigger.max-unfinished); it is taken when there are fewer";
    }

    /** Whether the limit was reached at the last count. */
    public boolean isFull() {
        if (nanoTime.getAsLong() - recountAt >= 0 && counting.tryLock()) {
            try {
                count();
            } finally {
                counting.unlock();
            }
        }
        return full;
    }

    /** Counting takes at limit a twentieth of the time, however slow a count is. */
    private void count() {
        long before = nanoTime.getAsLong();
        boolean now = backlog.applyAsLong(limit) >= limit;
        long after = nanoTime.getAsLong();
        recountAt = after + Math.max(MIN_PAUSE_NANOS, PAUSES_PER_COUNT * (after - before));
        if (now && !full) {
            LOG.warn(
                    "{} scorings are unfinished, the limit of orchestrator.trigger.max-unfinished: dropped files wait and requests are"
                            + " answered with 503 until some finish",
                    limit);
        } else if (!now && full) {
            LOG.info("Fewer than {} scorings are unfinished: dropped files and requests are accepted again", limit);
        }
        full = now;
    }
}
