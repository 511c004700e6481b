package dev.bes.orchestrator.run.move;

import dev.bes.orchestrator.database.JsonRows;
import dev.bes.orchestrator.run.Claim;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Remembers for all nodes how long the last remote jobs of each endpoint took. */
@Component
public class JobDurations {
    /** How many jobs of an endpoint are remembered. */
    public static final int MOST = 64;

    private static final String READ = "SELECT running_ms, total_ms FROM job_durations WHERE endpoint = :endpoint";

    private static final String REMEMBER = """
            INSERT INTO job_durations AS e (endpoint, running_ms, total_ms)
            SELECT :endpoint, array_agg(running ORDER BY scored_at DESC), array_agg(total ORDER BY scored_at DESC)
            FROM (SELECT a.scored_at,
                         (extract(epoch FROM a.running_at - a.started_at) * 1000)::bigint AS running,
                         (extract(epoch FROM a.scored_at - a.started_at) * 1000)::bigint AS total
                  FROM json_to_recordset(:rows::json) AS m(scoring bigint, attempt int)
                  JOIN attempt a ON a.scoring_id = m.scoring AND a.number = m.attempt
                  WHERE a.started_at IS NOT NULL AND a.scored_at IS NOT NULL) job
            HAVING count(*) > 0
            ON CONFLICT (endpoint) DO UPDATE SET
                running_ms = (excluded.running_ms || e.running_ms)[1\\:%1$d],
                total_ms = (excluded.total_ms || e.total_ms)[1\\:%1$d]""".formatted(MOST);

    private final JdbcClient jdbc;

    public JobDurations(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The last jobs of an endpoint, of all nodes, the newest first. */
    public List<JobDuration> of(String endpoint) {
        return jdbc.sql(READ)
                .param("endpoint", endpoint)
                .query((row, n) -> jobs(row))
                .optional()
                .orElse(List.of());
    }

    /** Remembers the jobs of these claims that were seen finished, or some of them if they are many. */
    public void remember(String endpoint, List<Claim> finished) {
        jdbc.sql(REMEMBER)
                .param("endpoint", endpoint)
                .param(
                        "rows",
                        JsonRows.rows(finished.stream().limit(MOST).map(Row::of).toList()))
                .update();
    }

    private static List<JobDuration> jobs(ResultSet row) throws SQLException {
        Long[] running = (Long[]) row.getArray("running_ms").getArray();
        Long[] total = (Long[]) row.getArray("total_ms").getArray();
        return IntStream.range(0, total.length)
                .mapToObj(i -> new JobDuration(
                        running[i] == null ? null : Duration.ofMillis(running[i]), Duration.ofMillis(total[i])))
                .toList();
    }

    private record Row(long scoring, int attempt) {
        static Row of(Claim claim) {
            return new Row(claim.scoring(), claim.attempt());
        }
    }
}
