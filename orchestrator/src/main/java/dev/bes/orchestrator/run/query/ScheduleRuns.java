package dev.bes.orchestrator.run.query;

import dev.bes.orchestrator.run.State;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
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

    private static String prefix(String schedule) {
        return "schedule:" + schedule + ":";
    }
}
