package dev.bes.orchestrator.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;

/**
 * Limits the connections that requests may use at a time: a part of the pool, so that many callers cannot keep
 * the engine from its work. The log says when requests get no connection, and when they get one again.
 */
public class RequestConnections {
    private static final Logger LOG = LoggerFactory.getLogger(RequestConnections.class);
    private static final String AWAY = "08001";
    private static final Duration CALM = Duration.ofSeconds(10);

    private final ThreadLocal<Boolean> request = ThreadLocal.withInitial(() -> false);
    private final int max;
    private final DatabaseState state;
    private final Semaphore free;
    private final LongSupplier nanoTime;
    private @Nullable Shortage shortage;

    /**
     * Lets requests use so many connections.
     *
     * @param state tells a shortage from an outage
     * @param nanoTime a clock that only ever goes forward
     */
    RequestConnections(int max, DatabaseState state, LongSupplier nanoTime) {
        this.max = max;
        this.state = state;
        this.free = new Semaphore(max, true);
        this.nanoTime = nanoTime;
    }

    private record Shortage(long since, long last, long refused) {}

    /** Opens connections. */
    @FunctionalInterface
    interface Source {
        Connection open() throws SQLException;
    }

    /** Marks this thread as one that answers a request. */
    public void enter() {
        request.set(true);
    }

    /** Removes the mark of {@link #enter}. */
    public void leave() {
        request.remove();
    }

    /**
     * A connection, for a request only when its share has one.
     *
     * @param wait how long a request may wait for its share
     * @throws SQLTransientConnectionException if there was none in time
     */
    Connection from(Source source, Duration wait) throws SQLException {
        if (!request.get()) {
            return source.open();
        }
        take(wait);
        boolean open = false;
        try {
            Connection connection = TrackedConnection.of(source.open(), free::release);
            open = true;
            return connection;
        } catch (SQLException e) {
            if (DatabaseFailure.of(e) == DatabaseFailure.CROWDED && state.outage() == null) {
                refused();
            }
            throw e;
        } finally {
            if (!open) {
                free.release();
            }
        }
    }

    private void take(Duration wait) throws SQLTransientConnectionException {
        try {
            if (free.tryAcquire(wait.toNanos(), TimeUnit.NANOSECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        String trouble = state.outage();
        if (trouble != null) {
            // those that have the connections wait for the database, which is why there are none left
            throw new SQLTransientConnectionException(trouble, AWAY);
        }
        refused();
        throw new SQLTransientConnectionException(
                "All %d connections that requests may use at a time are taken".formatted(max));
    }

    private synchronized void refused() {
        long now = nanoTime.getAsLong();
        Shortage known = shortage;
        if (known == null) {
            LOG.warn(
                    "More requests than there are connections for: those that get none in time are answered with 503, the work"
                            + " itself goes on. Requests may use {} at a time (orchestrator.database.request-connections)."
                            + " This is logged once, and again when it is over",
                    max);
        }
        shortage = new Shortage(known == null ? now : known.since, now, known == null ? 1 : known.refused + 1);
    }

    /** Checks whether requests get connections again. */
    @Scheduled(fixedDelay = 2_000)
    synchronized void check() {
        long now = nanoTime.getAsLong();
        Shortage known = shortage;
        if (known != null && now - known.last >= CALM.toNanos()) {
            shortage = null;
            LOG.info(
                    "Requests get connections again: {} got none within {} s",
                    known.refused,
                    Math.ceilDiv(known.last - known.since, TimeUnit.SECONDS.toNanos(1)));
        }
    }
}
