package dev.bes.orchestrator.database;

import com.zaxxer.hikari.SQLExceptionOverride;
import java.sql.SQLException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether this node can use the database, as seen on all its connections. An outage is logged once when it begins and once
 * when it ends; no other class logs it. It ends when the heartbeat has written again and no other connection has failed for
 * 2 s.
 */
public class DatabaseState {
    private static final Logger LOG = LoggerFactory.getLogger(DatabaseState.class);
    private static final Duration CALM = Duration.ofSeconds(2);
    // broken connections are found when they are used, which may be after the outage
    private static final Duration AFTERMATH = Duration.ofMinutes(1);

    private final LongSupplier nanoTime;
    private final AtomicLong refusedRequests = new AtomicLong();
    private final AtomicLong suppressedLogLines = new AtomicLong();
    private final List<Runnable> recoveryTasks = new CopyOnWriteArrayList<>();
    private volatile @Nullable Outage outage;
    private volatile long lastFailure;
    private volatile @Nullable Long endedAt;

    /** @param nanoTime a clock that only ever goes forward */
    public DatabaseState(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    private record Outage(long since, DatabaseFailure now, Set<DatabaseFailure> said) {}

    /** Records a failure of a connection, or of opening one; ignores a failure that is no outage. */
    void failed(Throwable e) {
        DatabaseFailure failure = DatabaseFailure.of(e);
        if (failure != null && failure.isOutage()) {
            begin(failure, e);
        }
    }

    /**
     * Records that the heartbeat could not be written on its own connection. So this node has no database, whatever the reason.
     *
     * @return the reason
     */
    public DatabaseFailure missed(RuntimeException e) {
        DatabaseFailure failure = DatabaseFailure.of(e);
        DatabaseFailure outage = failure != null && failure.isOutage() ? failure : DatabaseFailure.NO_ANSWER;
        if (failure != null) {
            begin(outage, e);
        }
        return outage;
    }

    private synchronized void begin(DatabaseFailure failure, Throwable e) {
        lastFailure = nanoTime.getAsLong();
        Outage known = outage;
        if (known == null) {
            refusedRequests.set(0);
            suppressedLogLines.set(0);
            known = new Outage(lastFailure, failure, EnumSet.noneOf(DatabaseFailure.class));
        }
        outage = new Outage(known.since, failure, known.said);
        if (known.said.add(failure)) {
            LOG.warn(
                    "{}: work waits and is not lost, requests are answered with 503. This is logged once, and again when it is"
                            + " over. The reason: {}",
                    failure.sentence(),
                    ServerMessage.of(e));
        }
    }

    /** Records that the heartbeat was written. */
    public void worked() {
        if (outage != null) {
            end();
        }
    }

    private synchronized void end() {
        Outage over = outage;
        long now = nanoTime.getAsLong();
        if (over == null || now - lastFailure < CALM.toNanos()) {
            return;
        }
        outage = null;
        endedAt = now;
        LOG.info(
                "The database is back after {} s; {} requests were answered with 503 meanwhile, and {} lines about it were kept"
                        + " out of this log",
                Duration.ofNanos(now - over.since).toSeconds(),
                refusedRequests.get(),
                suppressedLogLines.get());
        recoveryTasks.forEach(Runnable::run);
    }

    /** What is wrong with the database, as the middle of a sentence; null if there is no known outage. */
    public @Nullable String outage() {
        Outage now = outage;
        return now == null ? null : now.now.text();
    }

    /** Whether the database is away, or was a moment ago. */
    boolean isOrWasAway() {
        Long end = endedAt;
        return outage != null || (end != null && nanoTime.getAsLong() - end < AFTERMATH.toNanos());
    }

    /** Counts a request that was answered with 503. */
    public void requestRefused() {
        refusedRequests.incrementAndGet();
    }

    /** Counts a line about the outage that was not logged. */
    void logLineSuppressed() {
        suppressedLogLines.incrementAndGet();
    }

    /** Registers a task to run after each outage. */
    public void onRecovery(Runnable work) {
        recoveryTasks.add(work);
    }

    /**
     * Tells a pool what to do with a failed connection. One that is read-only is evicted at once: its server may stay
     * read-only.
     */
    SQLExceptionOverride judge() {
        return new SQLExceptionOverride() {
            @java.lang.Override
            public Override adjudicate(SQLException e) {
                failed(e);
                return DatabaseFailure.of(e) == DatabaseFailure.READ_ONLY
                        ? Override.MUST_EVICT
                        : Override.CONTINUE_EVICT;
            }
        };
    }
}
