package dev.bes.orchestrator.run.query;

import dev.bes.orchestrator.run.State;
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
                   (SELECT json_agg(a ORDER BY a.number) FROM (
                       SELECT attempt.*, (SELECT c.job_id FROM attempt c
                                          WHERE c.scoring_id = attempt.carrier_id AND c.number = attempt.carrier_attempt) AS shared_job
                       FROM attempt WHERE scoring_id = s.id) a) AS attempts,
                   (SELECT json_build_object('run', c.run_id, 'files', f.members) FROM fold f JOIN scoring c ON c.id = f.carrier_id
                    WHERE f.carrier_id = coalesce(s.carrier_id, s.id)) AS shared_job
            FROM scoring s WHERE s.run_id = :run""";

    private final JdbcClient jdbc;
    private final LaunchWaits waits;

    ScoringReader(JdbcClient jdbc) {
        this.jdbc = jdbc;
        this.waits = new LaunchWaits(jdbc);
    }

    /**
     * Which scorings of a run to read.
     *
     * @param state only those in this state
     * @param attention only those that need attention
     * @param after only those after this position
     */
    public record Filter(@Nullable State state, boolean attention, long after) {
        String condition() {
            return " AND s.position > :above"
                    + (state == null ? "" : " AND s.state = :state")
                    + (attention ? " AND s.attention IS NOT NULL" : "");
        }
    }

    /**
     * The order in which to read, by position.
     *
     * @param descending whether the highest comes first
     * @param after begin after this position; null to begin with the first
     */
    public record Order(boolean descending, @Nullable Long after) {
        String condition() {
            return after == null ? "" : " AND s.position " + (descending ? "<" : ">") + " :after";
        }

        String clause() {
            return " ORDER BY s.position" + (descending ? " DESC" : "") + " LIMIT :limit";
        }
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

    List<ScoringView> list(long run, Filter filter, Order order, int limit) {
        Map<LaunchWaits.Queue, Optional<String>> known = new HashMap<>();
        return jdbc
                .sql(SCORINGS + filter.condition() + order.condition() + order.clause())
                .param("run", run)
                .param("above", filter.after())
                .param("state", filter.state() == null ? null : filter.state().word())
                .param("after", order.after())
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
