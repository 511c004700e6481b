package dev.bes.orchestrator.trigger.backfill;

import dev.bes.orchestrator.database.JsonRows;
import dev.bes.orchestrator.run.Actor;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads and writes backfills. */
@Component
class BackfillRows {
    private static final String SELECT = """
            SELECT b.*, i.* FROM backfill b CROSS JOIN LATERAL (
                SELECT count(*) AS items, count(*) FILTER (WHERE outcome = 'started') AS started,
                       count(*) FILTER (WHERE outcome = 'found') AS found,
                       count(*) FILTER (WHERE outcome = 'rejected') AS rejected
                FROM backfill_item WHERE backfill = b.id) i""";

    private final JdbcClient jdbc;

    BackfillRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    long insert(BackfillRequest request, Actor by) {
        return jdbc.sql("""
                INSERT INTO backfill (definition, schedule, from_time, to_time, scope, newest_first, parallel, actor)
                VALUES (:definition, :schedule, :from, :to, :scope, :newestFirst, :parallel, :actor) RETURNING id""")
                .param("definition", request.definition().name())
                .param("schedule", request.schedule().name())
                .param("from", request.from().atOffset(ZoneOffset.UTC))
                .param("to", request.to().atOffset(ZoneOffset.UTC))
                .param("scope", request.scope().word())
                .param("newestFirst", request.newestFirst())
                .param("parallel", request.parallel())
                .param("actor", by.toString())
                .query(Long.class)
                .single();
    }

    record NewItem(
            int position, String fireTime, String partition, Map<String, String> parameters, String occurrence) {}

    void insert(long backfill, List<NewItem> items) {
        jdbc.sql("""
                INSERT INTO backfill_item (backfill, position, fire_time, partition, parameters, occurrence)
                SELECT :backfill, position, fire_time, partition, parameters, occurrence
                FROM json_to_recordset(:rows::json)
                    AS i(position int, fire_time timestamptz, partition text, parameters jsonb, occurrence text)""")
                .param("backfill", backfill)
                .param("rows", JsonRows.rows(items))
                .update();
    }

    Optional<Backfill> find(long id) {
        return jdbc.sql(SELECT + " WHERE b.id = :id")
                .param("id", id)
                .query((row, n) -> Backfill.of(row))
                .optional();
    }

    List<Backfill> latest(int limit) {
        return jdbc.sql(SELECT + " ORDER BY b.id DESC LIMIT :limit")
                .param("limit", limit)
                .query((row, n) -> Backfill.of(row))
                .list();
    }

    List<BackfillItem> items(long backfill) {
        return jdbc.sql("SELECT * FROM backfill_item WHERE backfill = :backfill ORDER BY position")
                .param("backfill", backfill)
                .query((row, n) -> BackfillItem.of(row))
                .list();
    }

    /** Changes the state, if it is one of these. */
    boolean change(long id, List<String> from, Backfill.State to) {
        return jdbc.sql("""
                UPDATE backfill SET state = :to,
                    ended_at = CASE WHEN :to IN ('cancelled', 'ended') THEN clock_timestamp() END
                WHERE id = :id AND state = ANY(:from)""")
                        .param("id", id)
                        .param("from", from.toArray(String[]::new))
                        .param("to", to.word())
                        .update()
                > 0;
    }

    void cancelWaiting(long backfill) {
        jdbc.sql("UPDATE backfill_item SET outcome = 'cancelled' WHERE backfill = :backfill AND outcome = 'waiting'")
                .param("backfill", backfill)
                .update();
    }

    List<Long> running() {
        return jdbc.sql("SELECT id FROM backfill WHERE state = 'running' ORDER BY id")
                .query((row, n) -> row.getLong("id"))
                .list();
    }

    /** Keeps other nodes from starting runs of a backfill until the transaction ends; false if one does, or it runs no more. */
    boolean lock(long id) {
        return jdbc.sql("SELECT id FROM backfill WHERE id = :id AND state = 'running' FOR UPDATE SKIP LOCKED")
                .param("id", id)
                .query(Long.class)
                .optional()
                .isPresent();
    }

    int starting(long backfill) {
        return jdbc.sql("SELECT count(*) FROM backfill_item WHERE backfill = :backfill AND outcome = 'starting'")
                .param("backfill", backfill)
                .query(Integer.class)
                .single();
    }

    /** Takes the next items, to start their runs. */
    List<BackfillItem> take(long backfill, int count) {
        return jdbc.sql("""
                UPDATE backfill_item SET outcome = 'starting', decided_at = clock_timestamp()
                WHERE backfill = :backfill AND position IN (
                    SELECT position FROM backfill_item WHERE backfill = :backfill AND outcome = 'waiting'
                    ORDER BY position LIMIT :count)
                RETURNING *""")
                .param("backfill", backfill)
                .param("count", count)
                .query((row, n) -> BackfillItem.of(row))
                .list();
    }

    /** Takes items that a node took so long ago and has not started. */
    List<BackfillItem> takeLeftBehind(long backfill, Duration idle) {
        return jdbc.sql("""
                UPDATE backfill_item SET decided_at = clock_timestamp()
                WHERE backfill = :backfill AND outcome = 'starting'
                  AND decided_at < clock_timestamp() - make_interval(secs => :idle)
                RETURNING *""")
                .param("backfill", backfill)
                .param("idle", idle.toSeconds())
                .query((row, n) -> BackfillItem.of(row))
                .list();
    }

    void settle(BackfillItem item, BackfillItem.Outcome outcome, @Nullable String reason, @Nullable Long run) {
        jdbc.sql("""
                UPDATE backfill_item SET outcome = :outcome, reason = :reason, run_id = :run, decided_at = clock_timestamp()
                WHERE backfill = :backfill AND position = :position AND outcome = 'starting'""")
                .param("outcome", outcome.word())
                .param("reason", reason)
                .param("run", run)
                .param("backfill", item.backfill())
                .param("position", item.position())
                .update();
    }

    boolean isOpen(long backfill) {
        return jdbc.sql("SELECT EXISTS (SELECT FROM backfill_item WHERE backfill = :backfill"
                        + " AND outcome IN ('waiting', 'starting'))")
                .param("backfill", backfill)
                .query(Boolean.class)
                .single();
    }

    int purge(Instant before, int batch) {
        return jdbc.sql("""
                DELETE FROM backfill WHERE ctid = ANY(ARRAY(
                    SELECT ctid FROM backfill WHERE ended_at < :before LIMIT :batch FOR UPDATE SKIP LOCKED))""")
                .param("before", before.atOffset(ZoneOffset.UTC))
                .param("batch", batch)
                .update();
    }
}
