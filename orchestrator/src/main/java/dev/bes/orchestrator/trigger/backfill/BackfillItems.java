package dev.bes.orchestrator.trigger.backfill;

import dev.bes.orchestrator.database.JsonRows;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads and writes the times of backfills. */
@Component
class BackfillItems {
    private static final String COLUMNS =
            "backfill, position, fire_time, partition, parameters, occurrence, outcome, reason, run_id";

    private final JdbcClient jdbc;

    BackfillItems(JdbcClient jdbc) {
        this.jdbc = jdbc;
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

    List<BackfillItem> of(long backfill) {
        return jdbc.sql("SELECT " + COLUMNS + " FROM backfill_item WHERE backfill = :backfill ORDER BY position")
                .param("backfill", backfill)
                .query((row, n) -> BackfillItem.of(row))
                .list();
    }

    void cancelWaiting(long backfill) {
        jdbc.sql("UPDATE backfill_item SET outcome = 'cancelled' WHERE backfill = :backfill AND outcome = 'waiting'")
                .param("backfill", backfill)
                .update();
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
                RETURNING\s""" + COLUMNS)
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
                RETURNING\s""" + COLUMNS)
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
}
