package dev.bes.orchestrator.run;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads what runs have ahead of them, and keeps what is said of it for their users. */
@Component
public class Forecasts {
    private static final String BACKLOG = """
            SELECT run_id, count(*) FILTER (WHERE sweep = 'launch') AS unlaunched,
                   count(*) FILTER (WHERE sweep = 'track') AS launched
            FROM scoring WHERE sweep IS NOT NULL AND attention IS NULL AND endpoint = ANY(:endpoints)
            GROUP BY run_id ORDER BY run_id""";

    private static final String SAY = """
            UPDATE run SET forecast = f.forecast
            FROM (SELECT r.id, r.forecast IS NULL AS first, CASE WHEN m.in_ms IS NOT NULL THEN json_build_object(
                      'calls', m.calls, 'limits', m.limits,
                      'by', to_char((clock_timestamp() + m.in_ms * interval '1 ms') AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'))
                  END AS forecast
                  FROM run r JOIN json_to_recordset(:rows::json) AS m(run bigint, calls bigint, in_ms bigint, limits json)
                      ON m.run = r.id
                  WHERE r.ended_at IS NULL AND (m.in_ms IS NOT NULL OR r.forecast IS NOT NULL)
                  ORDER BY r.id FOR UPDATE OF r SKIP LOCKED) f
            WHERE run.id = f.id RETURNING CASE WHEN f.first THEN run.id END""";

    private final JdbcClient jdbc;

    Forecasts(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * What a run has left to do.
     *
     * @param run its number
     * @param unlaunched scorings that are not started yet
     * @param launched scorings whose remote job is under way
     */
    public record Backlog(long run, int unlaunched, int launched) {}

    /**
     * What is said of a run.
     *
     * @param run its number
     * @param calls how many calls it needs, roughly
     * @param time in how much time there will have been so many; nothing if the limits do not hold it up
     * @param limits the limits, in words
     */
    public record Saying(long run, long calls, Duration time, List<String> limits) {}

    private record Row(long run, long calls, @Nullable Long inMs, List<String> limits) {
        static Row of(Saying s) {
            return new Row(s.run, s.calls, s.time.isPositive() ? s.time.toMillis() : null, s.limits);
        }
    }

    /** What is to be done at some endpoints, the oldest run first. */
    public List<Backlog> backlog(Collection<String> endpoints) {
        return jdbc.sql(BACKLOG)
                .param("endpoints", endpoints.toArray(String[]::new))
                .query((row, n) -> new Backlog(row.getLong("run_id"), row.getInt("unlaunched"), row.getInt("launched")))
                .list();
    }

    /**
     * Keeps what is said of some runs.
     *
     * @return the runs of which nothing was said before
     */
    public List<Long> say(List<Saying> sayings) {
        return jdbc
                .sql(SAY)
                .param("rows", Sets.rows(sayings.stream().map(Row::of).toList()))
                .query((row, n) -> row.getLong(1))
                .list()
                .stream()
                .filter(run -> run != 0)
                .toList();
    }
}
