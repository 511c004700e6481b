package dev.bes.orchestrator.trigger.request;

import dev.bes.orchestrator.database.JsonRows;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;

/** The requests for runs that callers write by the function {@code bes_request_run}. */
@Component
public class SqlRequests {
    private static final TypeReference<Map<String, String>> TEXTS = new TypeReference<>() {};

    // a node that dies meanwhile has accepted the run or not: the next one asks again by the same key
    private static final String TAKE = """
            UPDATE run_request SET due_at = clock_timestamp() + interval '30 s' WHERE id = ANY(ARRAY(
                SELECT id FROM run_request WHERE state = 'waiting' AND due_at <= clock_timestamp()
                ORDER BY due_at LIMIT :batch FOR UPDATE SKIP LOCKED))
            RETURNING id, definition, parameters, idempotency_key, requested_by, database_user""";

    private static final String DECIDE = """
            UPDATE run_request SET state = CASE WHEN :run::bigint IS NULL THEN 'refused' ELSE 'accepted' END,
                run_id = :run, reason = :reason, decided_at = clock_timestamp()
            WHERE id = :id AND state = 'waiting'""";

    private final JdbcClient jdbc;

    public SqlRequests(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * A request that this node has taken.
     *
     * @param key idempotency key: the caller's, or the id of the request
     * @param sender who asks, and the role of the database by which
     */
    record SqlRequest(UUID id, String definition, Map<String, String> parameters, String key, String sender) {}

    /** Takes requests for half a minute, the oldest first. */
    List<SqlRequest> take(int batch) {
        return jdbc.sql(TAKE)
                .param("batch", batch)
                .query((row, n) -> {
                    UUID id = row.getObject("id", UUID.class);
                    String key = row.getString("idempotency_key");
                    return new SqlRequest(
                            id,
                            row.getString("definition"),
                            JsonRows.map(row, "parameters", TEXTS),
                            key == null ? id.toString() : key,
                            row.getString("requested_by") + " by SQL as " + row.getString("database_user"));
                })
                .list();
    }

    /** Records the run of a request. */
    void accepted(UUID id, long run) {
        decide(id, run, null);
    }

    /** Records why a request starts no run. */
    void refused(UUID id, String reason) {
        decide(id, null, reason);
    }

    private void decide(UUID id, @Nullable Long run, @Nullable String reason) {
        jdbc.sql(DECIDE)
                .param("id", id)
                .param("run", run)
                .param("reason", reason)
                .update();
    }

    /**
     * What became of a request.
     *
     * @param run the run, which may have been purged; null without one
     * @param reason why it was refused; null if it was not
     * @param decidedAt when it was accepted or refused; null while it waits
     */
    public record Decision(
            String definition,
            @Nullable Long run,
            @Nullable String reason,
            Instant createdAt,
            @Nullable Instant decidedAt) {}

    /**
     * What became of the request of that key.
     *
     * @param key its idempotency key, or its id
     */
    public Optional<Decision> find(String key) {
        return jdbc.sql("""
                SELECT definition, run_id, reason, created_at, decided_at FROM run_request
                WHERE idempotency_key = :key OR id = :id LIMIT 1""")
                .param("key", key)
                .param("id", id(key))
                .query((row, n) -> {
                    OffsetDateTime decided = row.getObject("decided_at", OffsetDateTime.class);
                    return new Decision(
                            row.getString("definition"),
                            row.getObject("run_id", Long.class),
                            row.getString("reason"),
                            row.getObject("created_at", OffsetDateTime.class).toInstant(),
                            decided == null ? null : decided.toInstant());
                })
                .optional();
    }

    private static @Nullable UUID id(String key) {
        try {
            return UUID.fromString(key);
        } catch (IllegalArgumentException _) {
            return null;
        }
    }

    /**
     * Purges a batch of requests that were decided so long ago.
     *
     * @return how many are gone
     */
    public int purge(Duration age, int batch) {
        return jdbc.sql("""
                DELETE FROM run_request WHERE id = ANY(ARRAY(
                    SELECT id FROM run_request WHERE state <> 'waiting'
                      AND decided_at < clock_timestamp() - :age * interval '1 ms' LIMIT :batch))""").param("age", age.toMillis()).param("batch", batch).update();
    }
}
