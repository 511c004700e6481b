package dev.bes.orchestrator.run.query;

import dev.bes.orchestrator.run.Attention;
import dev.bes.orchestrator.run.State;
import dev.bes.orchestrator.run.Step;
import dev.bes.orchestrator.run.Sweep;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Reads how much is unfinished, for monitoring. It looks at unfinished rows only, by their indexes; the more there are, the
 * longer it takes.
 */
@Component
public class UnfinishedWork {
    // runs have their numbers in the order of their acceptance
    private static final String SCORINGS = """
            SELECT g.*, (SELECT extract(epoch FROM clock_timestamp() - r.created_at) * 1000
                         FROM run r WHERE r.id = g.run_id) AS age_ms FROM (
                SELECT endpoint, definition, sweep, step, state, attention,
                       count(*) FILTER (WHERE attention IS NOT NULL OR run_id NOT IN (
                           SELECT id FROM run WHERE trigger = 'fold' AND ended_at IS NULL)) AS n,
                       count(*) FILTER (WHERE due_at <= now()) AS due,
                       extract(epoch FROM now() - min(due_at) FILTER (WHERE due_at <= now())) * 1000 AS overdue_ms,
                       min(run_id) AS run_id
                FROM scoring WHERE state IN ('NotStarted', 'Running')
                GROUP BY endpoint, definition, sweep, step, state, attention) g""";

    private static final String RUNS = """
            SELECT definition, state, count(*) AS n, extract(epoch FROM clock_timestamp() - min(created_at)) * 1000 AS age_ms
            FROM run WHERE state IN ('NotStarted', 'Running') AND %s GROUP BY definition, state""".formatted(RunReader.ASKED_FOR);

    private final JdbcClient jdbc;

    public UnfinishedWork(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Unfinished scorings that stand at the same point.
     *
     * @param attention why they need attention; null if they do not
     * @param count how many there are, without those that have the job of others, unless they need attention
     * @param due how many of them a sweep may claim now
     * @param overdue for how long the first of them has been due; zero if none is
     * @param age since the oldest of their runs was accepted
     */
    public record Scorings(
            String endpoint,
            String definition,
            Sweep sweep,
            Step step,
            State state,
            @Nullable Attention attention,
            long count,
            long due,
            Duration overdue,
            Duration age) {}

    /**
     * Unfinished runs of a definition.
     *
     * @param age since the oldest of them was accepted
     */
    public record Runs(String definition, State state, long count, Duration age) {}

    /** The unfinished scorings, in groups. */
    public List<Scorings> scorings() {
        return jdbc.sql(SCORINGS).query(UnfinishedWork::group).list();
    }

    /** The unfinished runs, in groups; without those that serve others. */
    public List<Runs> runs() {
        return jdbc.sql(RUNS)
                .query((row, n) -> new Runs(
                        row.getString("definition"),
                        State.of(row.getString("state")),
                        row.getLong("n"),
                        duration(row, "age_ms")))
                .list();
    }

    private static Scorings group(ResultSet row, int n) throws SQLException {
        return new Scorings(
                row.getString("endpoint"),
                row.getString("definition"),
                Sweep.valueOf(row.getString("sweep").toUpperCase(Locale.ROOT)),
                Step.valueOf(row.getString("step")),
                State.of(row.getString("state")),
                Attention.of(row.getString("attention")),
                row.getLong("n"),
                row.getLong("due"),
                duration(row, "overdue_ms"),
                duration(row, "age_ms"));
    }

    private static Duration duration(ResultSet row, String millis) throws SQLException {
        return Duration.ofMillis(Math.max(0, row.getLong(millis)));
    }
}
