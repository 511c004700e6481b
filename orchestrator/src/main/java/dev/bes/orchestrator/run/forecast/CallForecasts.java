package dev.bes.orchestrator.run.forecast;

import dev.bes.orchestrator.database.JsonRows;
import dev.bes.orchestrator.run.forecast.CallForecaster.Ahead;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads what runs have ahead of them, and keeps what is said of it for their users. */
@Component
public class CallForecasts {
    private static final Logger LOG = LoggerFactory.getLogger(CallForecasts.class);

    private static final String BACKLOG = """
            SELECT live.run_id, live.launched, f.content -> 'requestResponse' IS NOT NULL AS at_once,
                   live.unlaunched + ceil(live.to_fold::float8 / coalesce((f.content -> 'fold' ->> 'files')::int, 1))::int AS unlaunched
            FROM (SELECT run_id, count(*) FILTER (WHERE sweep = 'launch' AND fold_key IS NULL) AS unlaunched,
                         count(*) FILTER (WHERE sweep = 'launch' AND fold_key IS NOT NULL AND carrier_id IS NULL) AS to_fold,
                         count(*) FILTER (WHERE sweep = 'track' AND carrier_id IS NULL) AS launched
                  FROM scoring WHERE state IN ('NotStarted', 'Running') AND attention IS NULL AND endpoint = ANY(:endpoints)
                  GROUP BY run_id) live
            JOIN run r ON r.id = live.run_id JOIN frozen_definition f ON f.hash = r.definition_hash
            ORDER BY live.run_id""";

    private static final String SAY = """
            UPDATE run SET forecast = f.forecast
            FROM (SELECT r.id, r.forecast IS NULL AS first, %s AS forecast
                  FROM run r JOIN json_to_recordset(:rows::json) AS m(run bigint, calls bigint, in_ms bigint, limits json)
                      ON m.run = r.id
                  WHERE r.ended_at IS NULL AND (m.in_ms IS NOT NULL OR r.forecast IS NOT NULL)
                  ORDER BY r.id FOR UPDATE OF r SKIP LOCKED) f
            WHERE run.id = f.id RETURNING run.id, run.forecast, f.first""".formatted(column("m.calls", "m.limits", "m.in_ms"));

    private final JdbcClient jdbc;

    public CallForecasts(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * What a run has left to do.
     *
     * @param run its number
     * @param atOnce whether its scorings may be scored by one call each
     * @param unlaunched remote jobs that are not started yet; those that its scorings will share are an estimate
     * @param launched remote jobs that are under way, without those that its scorings share: another run has them
     */
    public record Backlog(long run, boolean atOnce, int unlaunched, int launched) {}

    /**
     * What is said of a run.
     *
     * @param run its number
     * @param ahead what it has ahead of it
     */
    public record Saying(long run, Ahead ahead) {}

    private record Row(long run, long calls, @Nullable Long inMs, List<String> limits) {
        static Row of(Saying s) {
            return new Row(s.run, s.ahead.calls(), millis(s.ahead), s.ahead.limits());
        }
    }

    /** A forecast by the clock of the database, or nothing if there is no time to wait. */
    public static String column(String calls, String limits, String inMs) {
        return """
                CASE WHEN %3$s IS NOT NULL THEN json_build_object('calls', %1$s, 'limits', %2$s, 'by', to_char(
                    (clock_timestamp() + %3$s * interval '1 ms') AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')) END""".formatted(calls, limits, inMs);
    }

    /** The time to wait, if there is any. */
    public static @Nullable Long millis(@Nullable Ahead ahead) {
        return ahead != null && ahead.time().isPositive() ? ahead.time().toMillis() : null;
    }

    /** What is to be done at some endpoints, the oldest run first. */
    public List<Backlog> backlog(Collection<String> endpoints) {
        return jdbc.sql(BACKLOG)
                .param("endpoints", endpoints.toArray(String[]::new))
                .query((row, n) -> new Backlog(
                        row.getLong("run_id"),
                        row.getBoolean("at_once"),
                        row.getInt("unlaunched"),
                        row.getInt("launched")))
                .list();
    }

    /** Keeps what is said of some runs, and logs it of those of which nothing was said before. */
    public void say(List<Saying> sayings) {
        String rows = JsonRows.rows(sayings.stream().map(Row::of).toList());
        jdbc.sql(SAY).param("rows", rows).query(row -> {
            if (row.getBoolean("first")) {
                log(row.getLong("id"), Objects.requireNonNull(JsonRows.value(row, "forecast", CallForecast.class)));
            }
        });
    }

    /** Tells those who read logs. */
    public static void log(long run, CallForecast callForecast) {
        LOG.warn("Run {} {}", run, callForecast.words());
    }
}
