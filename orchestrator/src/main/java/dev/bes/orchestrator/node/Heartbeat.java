package dev.bes.orchestrator.node;

import dev.bes.orchestrator.database.DatabaseState;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Writes the heartbeat of this node to the database. With each heartbeat the node renews its leases and compares its clock
 * with the database's. It uses a connection of its own, so that an exhausted pool cannot make the node look dead.
 */
public class Heartbeat {
    private static final String BEAT = """
            INSERT INTO node (name, skew_ms) VALUES (:node, :skew)
            ON CONFLICT (name) DO UPDATE SET last_heartbeat_at = clock_timestamp(), skew_ms = excluded.skew_ms""";

    /** Why a node claims no work in the moment after an outage. */
    public static final String BACK = "it has only just reached the database again";

    private final JdbcClient jdbc;
    private final Node node;
    private final InstantSource clock;
    private final LongSupplier nanoTime;
    private final Duration skewLimit;
    private final DatabaseState state;
    private volatile @Nullable Beat last;
    private volatile @Nullable String silence = "it has not reached the database yet";
    private volatile boolean recovering;

    /**
     * Creates a heartbeat that has not been written yet.
     *
     * @param jdbc a connection of its own
     * @param nanoTime a clock that only ever goes forward
     * @param skewLimit how far our clock may be off the database's
     * @param state learns of each heartbeat that was written or missed
     */
    public Heartbeat(
            JdbcClient jdbc,
            Node node,
            InstantSource clock,
            LongSupplier nanoTime,
            Duration skewLimit,
            DatabaseState state) {
        this.jdbc = jdbc;
        this.node = node;
        this.clock = clock;
        this.nanoTime = nanoTime;
        this.skewLimit = skewLimit;
        this.state = state;
    }

    /** The leases of this node. */
    public interface HeldLeases {

        /**
         * Renews all leases.
         *
         * @return ids of the scorings that another node has taken over
         */
        Set<Long> renew(JdbcClient jdbc, Node node, Duration lease);

        /** Releases expired leases of this node on which it does not work. */
        void releaseLapsed(JdbcClient jdbc, Node node);
    }

    private record Beat(long nanos, Duration lease, Duration skew, boolean skewed) {}

    /**
     * Writes one heartbeat, and renews the leases.
     *
     * @return ids of the scorings that another node has taken over
     * @throws org.springframework.dao.DataAccessException if the database does not answer
     */
    public Set<Long> beat(HeldLeases held, Duration lease) {
        try {
            long nanos = nanoTime.getAsLong();
            Beat beat = compareClocks(nanos, lease);
            jdbc.sql(BEAT)
                    .param("node", node.name())
                    .param("skew", beat.skew.toMillis())
                    .update();
            Set<Long> lost = held.renew(jdbc, node, lease);
            last = beat;
            comeBack(held);
            state.worked();
            return lost;
        } catch (RuntimeException e) {
            silence = state.missed(e).text();
            recovering = last != null;
            throw e;
        }
    }

    /**
     * After an outage the other nodes get the time of a heartbeat to write theirs, before this node takes over their leases.
     * Expired leases of this node are released for any node.
     */
    private void comeBack(HeldLeases held) {
        if (recovering) {
            held.releaseLapsed(jdbc, node);
        }
        silence = recovering ? BACK : null;
        recovering = false;
    }

    /** The round trip may have taken its time on the way back, so it does not count as skew. */
    private Beat compareClocks(long nanos, Duration lease) {
        Instant before = clock.instant();
        Instant there = jdbc.sql("SELECT clock_timestamp()")
                .query((row, n) -> row.getObject(1, OffsetDateTime.class).toInstant())
                .single();
        Duration took = Duration.between(before, clock.instant()).abs();
        Duration skew = Duration.between(there, before.plus(took.dividedBy(2)));
        return new Beat(nanos, lease, skew, skew.abs().minus(took.dividedBy(2)).compareTo(skewLimit) > 0);
    }

    /** Removes the row of this node when it ends. */
    public void stop() {
        silence = "it is ending";
        jdbc.sql("DELETE FROM node WHERE name = :node")
                .param("node", node.name())
                .update();
    }

    /** Whether the leases of the last heartbeat are certainly still valid: the node has not slept through them. */
    public boolean isFresh() {
        Beat beat = last;
        return beat != null && nanoTime.getAsLong() - beat.nanos < beat.lease.toNanos();
    }

    /** Whether an outage of the database is already logged, so that its consequences need no log lines. */
    public boolean isOutageLogged() {
        return state.outage() != null;
    }

    /** Whether this node may take on work. */
    public boolean fit() {
        return unfit() == null;
    }

    /** Why this node may take on no work; null if it may. */
    public @Nullable String unfit() {
        Beat beat = last;
        if (silence != null || beat == null) {
            return silence;
        }
        if (!isFresh()) {
            return "the database has not answered in time";
        }
        return beat.skewed
                ? "its clock is %s ms off the database's, more than the %d ms of orchestrator.node.skew-limit: set the clock"
                        .formatted(beat.skew.toMillis(), skewLimit.toMillis())
                : null;
    }
}
