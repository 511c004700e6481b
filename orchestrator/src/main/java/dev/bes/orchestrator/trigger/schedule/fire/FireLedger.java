package dev.bes.orchestrator.trigger.schedule.fire;

import dev.bes.orchestrator.database.JsonRows;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Writes what becomes of each fire time. */
@Component
public class FireLedger {
    private static final String PURGE = """
            DELETE FROM schedule_fire WHERE ctid = ANY(ARRAY(
                SELECT ctid FROM schedule_fire
                WHERE decided_at < clock_timestamp() - make_interval(secs => :age)
                  AND outcome NOT IN ('starting', 'queued')
                LIMIT :batch FOR UPDATE SKIP LOCKED))""";

    private final JdbcClient jdbc;
    private final DatabaseClock clock;

    public FireLedger(JdbcClient jdbc, DatabaseClock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * Purges one batch.
     *
     * @param age minimum age of a decision
     * @param batch maximum number of rows
     * @return number of purged rows
     */
    public int purge(Duration age, int batch) {
        jdbc.sql("DELETE FROM schedule_pause_ended WHERE ended_at < clock_timestamp() - make_interval(secs => :age)")
                .param("age", age.toSeconds())
                .update();
        return jdbc.sql(PURGE)
                .param("age", age.toSeconds())
                .param("batch", batch)
                .update();
    }

    /** Waits until no other node decides about that schedule; until the transaction ends, none does. */
    void lock(String definition, String schedule) {
        jdbc.sql("SELECT pg_advisory_xact_lock(hashtextextended(:key, 0)) IS NULL")
                .param("key", "schedule_fire " + definition + " " + schedule)
                .query(Boolean.class)
                .single();
    }

    /** The clock of the database. */
    Instant now() {
        return clock.now();
    }

    /** Adds decisions; those that are there stay as they are. */
    void add(String definition, String schedule, List<FireDecision> decisions) {
        jdbc.sql("""
                INSERT INTO schedule_fire (definition, schedule, fire_time, outcome, reason)
                SELECT :definition, :schedule, time, outcome, reason
                FROM json_to_recordset(:rows::json) AS d(time timestamptz, outcome text, reason text)
                ON CONFLICT DO NOTHING""")
                .param("definition", definition)
                .param("schedule", schedule)
                .param("rows", JsonRows.column(decisions.stream().map(Row::of).toList()))
                .update();
    }

    private record Row(
            String time, String outcome, @Nullable String reason) {
        static Row of(FireDecision decision) {
            return new Row(decision.time().toString(), decision.outcome().word(), decision.reason());
        }
    }

    /** Changes a decision that is pending. */
    void change(String definition, String schedule, FireDecision decision, @Nullable Long run) {
        jdbc.sql("""
                UPDATE schedule_fire SET outcome = :outcome, reason = :reason, run_id = :run, decided_at = clock_timestamp()
                WHERE definition = :definition AND schedule = :schedule AND fire_time = :time
                  AND outcome IN ('starting', 'queued')""")
                .param("outcome", decision.outcome().word())
                .param("reason", decision.reason())
                .param("run", run)
                .param("definition", definition)
                .param("schedule", schedule)
                .param("time", decision.time().atOffset(ZoneOffset.UTC))
                .update();
    }

    /** Who paused a schedule and why, in words; null if it is not paused. */
    @Nullable
    String pause(String definition, String schedule) {
        return jdbc.sql("""
                SELECT 'paused by ' || actor || ': ' || reason FROM schedule_pause
                WHERE definition = :definition AND schedule = :schedule""")
                .param("definition", definition)
                .param("schedule", schedule)
                .query(String.class)
                .optional()
                .orElse(null);
    }
}
