package dev.bes.orchestrator.callback;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads and writes the outbox. Its rows are inserted by the table of runs, in the transaction that ends a run. */
@Component
class CallbackRows {
    private static final String COLUMNS =
            "id, event, run_id, definition, address, host, state, attempts, status, error,"
                    + " created_at, due_at, attempted_at, ended_at";

    private static final String ROWS = "SELECT " + COLUMNS + " FROM callback WHERE ";

    // a node that dies meanwhile has made the call or not: the next one makes it again, with the same event
    private static final String TAKE = """
            UPDATE callback SET attempts = attempts + 1, attempted_at = clock_timestamp(),
                due_at = clock_timestamp() + :lease * interval '1 ms'
            WHERE id = ANY(ARRAY(
                SELECT id FROM callback WHERE state = 'waiting' AND due_at <= clock_timestamp() AND host <> ALL(:busy)
                ORDER BY due_at LIMIT :batch FOR UPDATE SKIP LOCKED))
            RETURNING\s""" + COLUMNS;

    private static final String FAILED = """
            WITH due AS (
                SELECT id, clock_timestamp() + :pause * interval '1 ms' AS at,
                    clock_timestamp() + :pause * interval '1 ms' > tried_from + :age * interval '1 ms' AS is_late
                FROM callback WHERE id = :id)
            UPDATE callback c SET status = :status, error = :error, due_at = due.at,
                state = CASE WHEN is_late THEN 'given-up' ELSE 'waiting' END,
                ended_at = CASE WHEN is_late THEN clock_timestamp() END
            FROM due WHERE c.id = due.id AND c.state = 'waiting' AND c.attempts = :attempts
            RETURNING is_late""";

    private final JdbcClient jdbc;

    CallbackRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Takes callbacks that are due, the longest due first, but none of these hosts. No other node takes them before the lease ends. */
    List<Callback> take(int batch, Collection<String> busy, Duration lease) {
        return jdbc.sql(TAKE)
                .param("batch", batch)
                .param("busy", busy.toArray(String[]::new))
                .param("lease", lease.toMillis())
                .query(CallbackRows::row)
                .list();
    }

    /** Records that the receiver has it; also of an attempt whose lease has ended. */
    void delivered(Callback callback, int status) {
        jdbc.sql("""
                UPDATE callback SET state = 'delivered', status = :status, error = NULL, ended_at = clock_timestamp()
                WHERE id = :id AND state <> 'delivered'""").param("id", callback.id()).param("status", status).update();
    }

    /**
     * Records a failed attempt, unless another one has begun since.
     *
     * @param pause when it is tried again
     * @param age how long it is tried
     * @return whether it is given up
     */
    boolean failed(Callback callback, @Nullable Integer status, String error, Duration pause, Duration age) {
        return jdbc.sql(FAILED)
                .param("id", callback.id())
                .param("attempts", callback.attempts())
                .param("status", status)
                .param("error", error)
                .param("pause", pause.toMillis())
                .param("age", age.toMillis())
                .query(Boolean.class)
                .optional()
                .orElse(false);
    }

    /** Makes a callback due, with all attempts before it. */
    void retry(long id) {
        jdbc.sql("""
                UPDATE callback SET state = 'waiting', attempts = 0, ended_at = NULL,
                    tried_from = clock_timestamp(), due_at = clock_timestamp() WHERE id = :id""").param("id", id).update();
    }

    Optional<Callback> find(long id) {
        return jdbc.sql(ROWS + "id = :id")
                .param("id", id)
                .query(CallbackRows::row)
                .optional();
    }

    List<Callback> list(CallbackFilter filter, boolean descending, @Nullable Long after, int limit) {
        return jdbc.sql(ROWS + "true" + conditions(filter)
                        + (after == null ? "" : descending ? " AND id < :after" : " AND id > :after")
                        + " ORDER BY id" + (descending ? " DESC" : "") + " LIMIT :limit")
                .param("scope", filter.scope().likePatterns())
                .param("definition", filter.definition())
                .param("state", filter.state() == null ? null : filter.state().word())
                .param("run", filter.run())
                .param("after", after)
                .param("limit", limit)
                .query(CallbackRows::row)
                .list();
    }

    private static String conditions(CallbackFilter filter) {
        return (filter.scope().isAll() ? "" : " AND definition LIKE ANY(:scope)")
                + (filter.definition() == null ? "" : " AND definition = :definition")
                + (filter.state() == null ? "" : " AND state = :state")
                + (filter.run() == null ? "" : " AND run_id = :run");
    }

    private static Callback row(ResultSet row, int n) throws SQLException {
        Callback.State state = Callback.State.of(row.getString("state")).orElseThrow();
        return new Callback(
                row.getLong("id"),
                row.getObject("event", UUID.class),
                row.getLong("run_id"),
                row.getString("definition"),
                row.getString("address"),
                row.getString("host"),
                state,
                row.getInt("attempts"),
                row.getObject("status", Integer.class),
                row.getString("error"),
                Objects.requireNonNull(instant(row, "created_at")),
                state == Callback.State.WAITING ? instant(row, "due_at") : null,
                instant(row, "attempted_at"),
                instant(row, "ended_at"));
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }
}
