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
 * Tells triggers that can wait when so much is unended that they should. It goes by a count that may be some seconds old, so
 * that a little more than the limit gets in.
 */
@Component
public class AdmissionControl {
    private static final Logger LOG = LoggerFactory.getLogger(AdmissionControl.class);
    private static final long SHORTEST_NANOS = 1_000_000_000;
    private static final int PAUSES_PER_COUNT = 20;

    private final LongUnaryOperator backlog;
    private final LongSupplier nanoTime;
    private final ReentrantLock counting = new ReentrantLock();
    private final long most;
    private volatile long recountAt;
    private volatile boolean full;

    @Autowired
    AdmissionControl(Backlog backlog, TriggerSettings settings) {
        this(backlog::count, settings.maxUnfinished(), System::nanoTime);
    }

    /**
     * An intake that is open until the first count.
     *
     * @param backlog counts what is unended, up to a number
     */
    public AdmissionControl(LongUnaryOperator backlog, long most, LongSupplier nanoTime) {
        this.backlog = backlog;
        this.most = most;
        this.nanoTime = nanoTime;
        this.recountAt = nanoTime.getAsLong();
    }

    /** How many scorings may be unended before triggers wait. */
    public long most() {
        return most;
    }

    /** Whether as many scorings as may be are unended, as of late. */
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

    /** A count takes a twentieth of the time at most, however long it takes. */
    private void count() {
        long before = nanoTime.getAsLong();
        boolean now = backlog.applyAsLong(most) >= most;
        long after = nanoTime.getAsLong();
        recountAt = after + Math.max(SHORTEST_NANOS, PAUSES_PER_COUNT * (after - before));
        if (now && !full) {
            LOG.warn("{} scorings have not ended: files and requests wait until some have", most);
        } else if (!now && full) {
            LOG.info("Files and requests are taken again");
        }
        full = now;
    }
}
