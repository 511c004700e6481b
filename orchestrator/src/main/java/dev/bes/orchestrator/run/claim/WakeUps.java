package dev.bes.orchestrator.run.claim;

import dev.bes.orchestrator.database.DatabaseFailure;
import dev.bes.orchestrator.database.DatabaseState;
import dev.bes.orchestrator.run.Sweep;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Wakes sweeps when there is work, on every node. Only a hint: a lost signal costs one idle interval, since the rows
 * are looked at anyway.
 */
@Component
public class WakeUps implements SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(WakeUps.class);
    private static final String CHANNEL = "work_due";
    private static final int LISTEN_MS = 250;

    private final JdbcClient jdbc;
    private final DataSource dataSource;
    private final AtomicInteger outages = new AtomicInteger();
    private final Map<String, WakeSignal> bells = new ConcurrentHashMap<>();
    private volatile boolean listening;
    private @Nullable Thread listener;

    public WakeUps(JdbcClient jdbc, DataSource dataSource, DatabaseState state) {
        this.jdbc = jdbc;
        this.dataSource = dataSource;
        state.onRecovery(outages::incrementAndGet);
    }

    /**
     * What rings for a sweep on every node, when the transaction commits in whose statement it stands.
     *
     * @param endpoint SQL for the name of the endpoint
     */
    public static String ringing(Sweep sweep, String endpoint) {
        return "pg_notify('%s', '%s' || %s)".formatted(CHANNEL, name(sweep, ""), endpoint);
    }

    /** Rings for a sweep of an endpoint on every node, when the transaction under way commits. */
    public void ring(Sweep sweep, String endpoint) {
        jdbc.sql("SELECT " + ringing(sweep, ":endpoint"))
                .param("endpoint", endpoint)
                .query((row, n) -> true)
                .single();
    }

    /** Rings for a sweep of an endpoint on this node, now. */
    public void ringHere(Sweep sweep, String endpoint) {
        bell(name(sweep, endpoint)).ring();
    }

    /**
     * Waits for a ring, or until the time is over.
     *
     * @return whether it rang for the one who asks: of several who wait one hears it
     * @throws InterruptedException if the waiting thread is told to end
     */
    public boolean await(Sweep sweep, String endpoint, Duration atMost) throws InterruptedException {
        return bell(name(sweep, endpoint)).await(atMost);
    }

    private static String name(Sweep sweep, String endpoint) {
        return sweep + " " + endpoint;
    }

    private WakeSignal bell(String name) {
        return bells.computeIfAbsent(name, none -> new WakeSignal());
    }

    @Override
    public void start() {
        listening = true;
        listener = Thread.ofVirtual().name("wakeups").start(this::listen);
    }

    @Override
    public void stop() {
        listening = false;
        try {
            Objects.requireNonNull(listener).join(Duration.ofSeconds(5));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return listening;
    }

    private void listen() {
        while (listening) {
            try (Connection connection = dataSource.getConnection();
                    Statement statement = connection.createStatement()) {
                statement.execute("LISTEN " + CHANNEL);
                hear(connection);
                statement.execute("UNLISTEN " + CHANNEL);
            } catch (SQLException e) {
                DatabaseFailure.warn(LOG, "No wake-ups for now, sweeps look by themselves", e);
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(LISTEN_MS));
            }
        }
    }

    /** Until the end, or an outage: after it the one who rings may be at another server. */
    private void hear(Connection connection) throws SQLException {
        PGConnection postgres = connection.unwrap(PGConnection.class);
        int before = outages.get();
        while (listening && outages.get() == before) {
            for (PGNotification heard : postgres.getNotifications(LISTEN_MS)) {
                bell(heard.getParameter()).ring();
            }
        }
    }
}
