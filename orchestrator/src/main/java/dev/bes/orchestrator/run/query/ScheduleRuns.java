package dev.bes.orchestrator.run.query;

import dev.bes.orchestrator.run.State;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads the runs of one schedule. */
@Component
public class ScheduleRuns {
    private final JdbcClient jdbc;

    public ScheduleRuns(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The runs of a schedule that have not ended, the oldest first; those of backfills do not count. */
    public List<Long> unfinished(String definition, String schedule) {
        return jdbc.sql("""
                SELECT id FROM run
                WHERE definition = :definition AND state IN ('NotStarted', 'Running') AND ended_at IS NULL
                  AND trigger = 'schedule' AND backfill IS NULL AND starts_with(occurrence, :prefix)
                ORDER BY id""")
                .param("definition", definition)
                .param("prefix", prefix(schedule))
                .query((row, n) -> row.getLong("id"))
                .list();
    }

    /**
     * Whether the last runs of a schedule that have ended all failed; those of backfills do not count.
     *
     * @param count how many runs
     * @param since only runs that were accepted after it
     */
    public boolean failed(String definition, String schedule, int count, Instant since) {
        List<String> states = jdbc.sql("""
                SELECT state FROM run
                WHERE definition = :definition AND ended_at IS NOT NULL AND created_at > :since
                  AND trigger = 'schedule' AND backfill IS NULL AND starts_with(occurrence, :prefix)
                ORDER BY id DESC LIMIT :count""")
                .param("definition", definition)
                .param("since", since.atOffset(ZoneOffset.UTC))
                .param("prefix", prefix(schedule))
                .param("count", count)
                .query((row, n) -> row.getString("state"))
                .list();
        return states.size() == count && states.stream().allMatch(State.FAILED.word()::equals);
    }

    /** How long the last runs of a definition took from acceptance to end, as the median; empty if none has finished. */
    public Optional<Duration> usualTime(String definition) {
        return jdbc.sql("""
                SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY seconds) FROM (
                    SELECT extract(epoch FROM ended_at - created_at)::float8 AS seconds FROM run
                    WHERE definition = :definition AND state = 'Finished' AND ended_at IS NOT NULL AND %s
                    ORDER BY id DESC LIMIT 20) last""".formatted(RunReader.ASKED_FOR))
                .param("definition", definition)
                .query((row, n) -> Optional.ofNullable(row.getObject(1, Double.class)))
                .single()
                .map(seconds -> Duration.ofMillis(Math.round(seconds * 1_000)));
    }

    private static String prefix(String schedule) {
        return "schedule:" + schedule + ":";
    }
}
