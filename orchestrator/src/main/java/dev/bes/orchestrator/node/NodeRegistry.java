package dev.bes.orchestrator.node;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads which nodes there are, from their heartbeats. */
@Component
public final class NodeRegistry {
    private static final Duration ALIVE = Duration.ofSeconds(30);
    private static final int MOST = 1_000;

    private final JdbcClient jdbc;

    public NodeRegistry(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * A node that has written a heartbeat, and has not removed its row.
     *
     * @param alive whether its last heartbeat is younger than 30 s, by the clock of the database
     * @param skew how far its clock is ahead of the database's
     */
    public record RegisteredNode(
            String name, Instant startedAt, Instant lastHeartbeatAt, boolean alive, Duration skew) {}

    /** All nodes, the one that started first comes first. */
    public List<RegisteredNode> nodes() {
        return jdbc.sql("""
                SELECT name, started_at, last_heartbeat_at, skew_ms,
                       last_heartbeat_at > clock_timestamp() - :alive * interval '1 millisecond' AS alive
                FROM node ORDER BY started_at, name LIMIT :most""")
                .param("alive", ALIVE.toMillis())
                .param("most", MOST)
                .query((row, n) -> new RegisteredNode(
                        row.getString("name"),
                        row.getObject("started_at", OffsetDateTime.class).toInstant(),
                        row.getObject("last_heartbeat_at", OffsetDateTime.class).toInstant(),
                        row.getBoolean("alive"),
                        Duration.ofMillis(row.getLong("skew_ms"))))
                .list();
    }
}
