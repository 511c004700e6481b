package dev.bes.orchestrator.trigger.schedule.fire;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads what became of each fire time. */
@Component
public class RecordedFires {
    private final JdbcClient jdbc;

    public RecordedFires(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * What was decided about fire times, in order.
     *
     * @param schedule null for all of the definition
     * @param from the first time, included
     * @param to the last time, excluded
     * @param limit the most rows
     */
    public List<RecordedFire> between(
            String definition, @Nullable String schedule, Instant from, Instant to, int limit) {
        return jdbc.sql("""
                SELECT %s FROM schedule_fire
                WHERE definition = :definition AND schedule = coalesce(:schedule::text, schedule)
                  AND fire_time >= :from AND fire_time < :to
                ORDER BY fire_time, schedule LIMIT :limit""".formatted(RecordedFire.COLUMNS))
                .param("definition", definition)
                .param("schedule", schedule)
                .param("from", from.atOffset(ZoneOffset.UTC))
                .param("to", to.atOffset(ZoneOffset.UTC))
                .param("limit", limit)
                .query((row, n) -> RecordedFire.of(row))
                .list();
    }

    Optional<RecordedFire> find(String definition, String schedule, Instant time) {
        return between(definition, schedule, time, time.plusNanos(1_000), 1).stream()
                .findFirst();
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

    /** The first fire time that is recorded. */
    public Optional<Instant> first(String definition, String schedule) {
        return jdbc.sql("SELECT fire_time FROM schedule_fire WHERE definition = :definition AND schedule = :schedule"
                        + " ORDER BY fire_time LIMIT 1")
                .param("definition", definition)
                .param("schedule", schedule)
                .query(OffsetDateTime.class)
                .optional()
                .map(OffsetDateTime::toInstant);
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
    List<RecordedFire> pending(Duration idle, int limit) {
        return jdbc.sql("""
                SELECT DISTINCT ON (definition, schedule) * FROM schedule_fire
                WHERE outcome IN ('starting', 'queued')
                  AND (outcome = 'queued' OR decided_at < clock_timestamp() - make_interval(secs => :idle))
                ORDER BY definition, schedule, fire_time LIMIT :limit""")
                .param("idle", idle.toSeconds())
                .param("limit", limit)
                .query((row, n) -> RecordedFire.of(row))
                .list();
    }
}
