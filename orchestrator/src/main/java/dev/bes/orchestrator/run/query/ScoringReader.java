package dev.bes.orchestrator.run.query;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads the scorings of a run, and why those wait that nobody works on. */
public final class ScoringReader {
    public static final String SCORINGS = """
            SELECT s.position, s.step, s.state, s.stop_reason, s.attention, s.cause, s.inputs, s.due_at, s.ended_at,
                   s.endpoint, s.definition, s.pool, s.fairness_key,
                   s.sweep = 'launch' AND s.step <> 'SUBMITTED' AND s.due_at <= now() AND s.cause IS NULL
                       AND (s.pool <> '' OR s.fairness_key <> '') AS waits,
                   (SELECT json_agg(a ORDER BY a.number) FROM attempt a WHERE a.scoring_id = s.id) AS attempts
            FROM scoring s WHERE s.run_id = :run AND s.position > :after ORDER BY s.position LIMIT :limit""";

    private final JdbcClient jdbc;
    private final LaunchWaits waits;

    ScoringReader(JdbcClient jdbc) {
        this.jdbc = jdbc;
        this.waits = new LaunchWaits(jdbc);
    }

    private record Row(ScoringView scoring, LaunchWaits.@Nullable Queue queue) {
        static Row of(ResultSet row, int n) throws SQLException {
            return new Row(
                    ViewRowMappers.scoring(row, n),
                    row.getBoolean("waits")
                            ? new LaunchWaits.Queue(
                                    row.getString("endpoint"),
                                    row.getString("definition"),
                                    row.getString("pool"),
                                    row.getString("fairness_key"))
                            : null);
        }
    }

    List<ScoringView> list(long run, int after, int limit) {
        Map<LaunchWaits.Queue, Optional<String>> known = new HashMap<>();
        return jdbc
                .sql(SCORINGS)
                .param("run", run)
                .param("after", after)
                .param("limit", limit)
                .query(Row::of)
                .list()
                .stream()
                .map(row -> row.queue() == null
                        ? row.scoring()
                        : known.computeIfAbsent(row.queue(), waits::reason)
                                .map(row.scoring()::waiting)
                                .orElse(row.scoring()))
                .toList();
    }
}
