package dev.bes.orchestrator.trigger.schedule.fire;

import dev.bes.orchestrator.database.JsonRows;
import dev.bes.orchestrator.trigger.schedule.fire.FireDecision.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The rows that say what became of each fire time. */
@Component
public class FireLedger {
    private static final String PURGE = """
            DELETE FROM schedule_fire WHERE ctid = ANY(ARRAY(
                SELECT ctid FROM schedule_fire
                WHERE decided_at < clock_timestamp() - make_interval(secs => :age)
                  AND outcome NOT IN ('starting', 'queued')
                LIMIT :batch FOR UPDATE SKIP LOCKED))""";

    private final JdbcClient jdbc;

    public FireLedger(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * A row of the ledger.
     *
     * @param definition name of the definition
     * @param schedule name of the schedule
     * @param decision what became of the fire time
     * @param run the run, which may have been purged; null without one
     * @param decidedAt when it was last decided, by the clock of the database
     */
    public record Entry(
            String definition,
            String schedule,
            FireDecision decision,
            @Nullable Long run,
            Instant decidedAt) {}

    /**
     * What was decided about fire times, in order.
     *
     * @param schedule null for all of the definition
     * @param from the first time, included
     * @param to the last time, excluded
     * @param limit the most rows
     */
    public List<Entry> between(String definition, @Nullable String schedule, Instant from, Instant to, int limit) {
        return jdbc.sql("""
                SELECT * FROM schedule_fire
                WHERE definition = :definition AND schedule = coalesce(:schedule::text, schedule)
                  AND fire_time >= :from AND fire_time < :to
                ORDER BY fire_time, schedule LIMIT :limit""")
                .param("definition", definition)
                .param("schedule", schedule)
                .param("from", utc(from))
                .param("to", utc(to))
                .param("limit", limit)
                .query((row, n) -> new Entry(
                        row.getString("definition"),
                        row.getString("schedule"),
                        new FireDecision(
                                row.getObject("fire_time", OffsetDateTime.class).toInstant(),
                                Outcome.of(row.getString("outcome")),
                                row.getString("reason")),
                        row.getObject("run_id", Long.class),
                        row.getObject("decided_at", OffsetDateTime.class).toInstant()))
                .list();
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
        return jdbc.sql("SELECT clock_timestamp()")
                .query(OffsetDateTime.class)
                .single()
                .toInstant();
    }

    /** The last fire time about which was decided. */
    Optional<Instant> last(String definition, String schedule) {
        return jdbc.sql("SELECT fire_time FROM schedule_fire WHERE definition = :definition AND schedule = :schedule"
                        + " ORDER BY fire_time DESC LIMIT 1")
                .param("definition", definition)
                .param("schedule", schedule)
                .query(OffsetDateTime.class)
                .optional()
                .map(OffsetDateTime::toInstant);
    }

    Optional<Entry> find(String definition, String schedule, Instant time) {
        return between(definition, schedule, time, time.plusNanos(1_000), 1).stream()
                .findFirst();
    }

    /** A start that waits, in words; null if there is none. */
    @Nullable
    String waiting(String definition, String schedule) {
        return jdbc.sql("""
                SELECT 'the run for ' || to_char(fire_time AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') FROM schedule_fire
                WHERE definition = :definition AND schedule = :schedule AND outcome IN ('starting', 'queued')
                ORDER BY fire_time DESC LIMIT 1""")
                .param("definition", definition)
                .param("schedule", schedule)
                .query(String.class)
                .optional()
                .orElse(null);
    }

    /** Of each schedule the first start that waits: queued, or left behind by its node for so long. */
    List<Entry> pending(Duration idle, int limit) {
        return jdbc.sql("""
                SELECT DISTINCT ON (definition, schedule) * FROM schedule_fire
                WHERE outcome IN ('starting', 'queued')
                  AND (outcome = 'queued' OR decided_at < clock_timestamp() - make_interval(secs => :idle))
                ORDER BY definition, schedule, fire_time LIMIT :limit""")
                .param("idle", idle.toSeconds())
                .param("limit", limit)
                .query((row, n) -> new Entry(
                        row.getString("definition"),
                        row.getString("schedule"),
                        new FireDecision(
                                row.getObject("fire_time", OffsetDateTime.class).toInstant(),
                                Outcome.of(row.getString("outcome")),
                                row.getString("reason")),
                        null,
                        row.getObject("decided_at", OffsetDateTime.class).toInstant()))
                .list();
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
                .param("time", utc(decision.time()))
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

    private static OffsetDateTime utc(Instant time) {
        return time.atOffset(ZoneOffset.UTC);
    }
}
