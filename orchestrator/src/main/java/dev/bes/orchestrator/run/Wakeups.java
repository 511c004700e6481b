package dev.bes.orchestrator.run;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
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
 * Wakes sweeps when there is work, on every node. Only a hint: a bell that nobody heard costs a sweep's idle wait, since
 * the rows are looked at anyway.
 */
@Component
public class Wakeups implements SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(Wakeups.class);
    private static final String CHANNEL = "sweep_due";
    private static final int LISTEN_MS = 250;

    private final JdbcClient jdbc;
    private final DataSource dataSource;
    private final Map<Sweep, Bell> bells = new EnumMap<>(Sweep.class);
    private volatile boolean listening;
    private @Nullable Thread listener;

    Wakeups(JdbcClient jdbc, DataSource dataSource) {
        this.jdbc = jdbc;
        this.dataSource = dataSource;
        Arrays.stream(Sweep.values()).forEach(s -> bells.put(s, new Bell()));
    }

    /** What rings for a sweep on every node, when the transaction commits in whose statement it stands. */
    static String ringing(Sweep sweep) {
        return "pg_notify('%s', '%s')".formatted(CHANNEL, sweep);
    }

    /** Rings for a sweep on every node, when the transaction under way commits. */
    public void ring(Sweep sweep) {
        jdbc.sql("SELECT " + ringing(sweep)).query((row, n) -> true).single();
    }

    /** Rings for a sweep on this node, now. */
    public void ringHere(Sweep sweep) {
        bell(sweep).ring();
    }

    /** How often a sweep's bell has rung so far: to be read before looking for work. */
    public long heard(Sweep sweep) {
        return bell(sweep).rings();
    }

    /**
     * Waits for a ring after the ones heard, or until the time is over.
     *
     * @throws InterruptedException if the waiting thread is told to end
     */
    public void await(Sweep sweep, long heard, Duration atMost) throws InterruptedException {
        bell(sweep).await(heard, atMost);
    }

    private Bell bell(Sweep sweep) {
        return Objects.requireNonNull(bells.get(sweep));
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
                LOG.warn("No wake-ups for now, sweeps look by themselves: {}", e.getMessage());
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(LISTEN_MS));
            }
        }
    }

    private void hear(Connection connection) throws SQLException {
        PGConnection postgres = connection.unwrap(PGConnection.class);
        while (listening) {
            for (PGNotification heard : postgres.getNotifications(LISTEN_MS)) {
                ringHere(Sweep.valueOf(heard.getParameter()));
            }
        }
    }
}
