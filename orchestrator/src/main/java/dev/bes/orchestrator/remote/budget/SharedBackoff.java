package dev.bes.orchestrator.remote.budget;

import dev.bes.orchestrator.remote.RemoteException.Throttled;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.TransactionException;

/** Stops the calls of all nodes on one subscription for as long as the gateway has asked one node to wait. */
final class SharedBackoff {
    // by the clock of the database: the clocks of the nodes differ
    private static final String SAVE = """
            INSERT INTO call_budget AS b (name, backoff_until)
            VALUES (:budget, clock_timestamp() + :wait * interval '1 ms')
            ON CONFLICT (name) DO UPDATE SET backoff_until = greatest(b.backoff_until, excluded.backoff_until)""";

    private static final String REMAINING = """
            SELECT name, extract(epoch FROM backoff_until - clock_timestamp()) * 1000 AS backoff_ms
            FROM call_budget WHERE backoff_until > clock_timestamp()""";

    private final JdbcClient jdbc;
    private final String name;
    private final InstantSource clock;
    private final AtomicReference<Instant> until = new AtomicReference<>(Instant.EPOCH);

    SharedBackoff(JdbcClient jdbc, String name, InstantSource clock) {
        this.jdbc = jdbc;
        this.name = name;
        this.clock = clock;
    }

    /** Reads the remaining wait of every subscription that has one, of all nodes. */
    static Map<String, Duration> remaining(JdbcClient jdbc) {
        Map<String, Duration> remaining = new LinkedHashMap<>();
        jdbc.sql(REMAINING).query(row -> {
            remaining.put(row.getString("name"), Duration.ofMillis(row.getLong("backoff_ms")));
        });
        return remaining;
    }

    /**
     * Checks that calls may be sent.
     *
     * @throws Throttled if they have to wait
     */
    void check() {
        Duration wait = delay();
        if (wait.isPositive()) {
            throw new Throttled(
                    "Not sent: the managed API asked us to wait for another " + Math.ceilDiv(wait.toMillis(), 1000)
                            + " s (call budget " + name + ")",
                    wait);
        }
    }

    /** The remaining wait; zero or negative if calls may be sent. */
    Duration delay() {
        return Duration.between(clock.instant(), until.get());
    }

    /** Stops the calls of this node at once. The other nodes read it from the database. */
    void backOff(Duration wait) {
        extend(wait);
        try {
            save(jdbc, name, wait);
        } catch (DataAccessException | TransactionException e) {
            // without the database the other nodes claim no work either; the gateway will refuse their calls itself
        }
    }

    static void save(JdbcClient jdbc, String budget, Duration wait) {
        jdbc.sql(SAVE).param("budget", budget).param("wait", wait.toMillis()).update();
    }

    /** Waits at least for this time from now. */
    void extend(Duration wait) {
        until.accumulateAndGet(clock.instant().plus(wait), (a, b) -> a.isAfter(b) ? a : b);
    }
}
