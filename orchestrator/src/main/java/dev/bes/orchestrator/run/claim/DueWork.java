package dev.bes.orchestrator.run.claim;

import dev.bes.orchestrator.database.PlannerSwitches;
import dev.bes.orchestrator.run.Sweep;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Finds when work is due, for all sweeps in one query. */
@Component
public class DueWork {
    // the first row of each index in question, and no other. Of a definition with more queues than a window, a draw
    // finds
    // what is due
    private static final String NEXT =
            """
            SELECT s.sweep, e.endpoint, ceil(extract(epoch FROM s.due_at - clock_timestamp()) * 1000)::bigint AS in_ms
            FROM unnest(:endpoints) AS e(endpoint) CROSS JOIN LATERAL (
                SELECT 'TRACK' AS sweep, (
                    SELECT due_at FROM scoring WHERE sweep = 'track' AND endpoint = e.endpoint
                    ORDER BY due_at LIMIT 1) AS due_at
                UNION ALL
                SELECT 'COLLECT', (
                    SELECT due_at FROM scoring WHERE sweep = 'collect' AND endpoint = e.endpoint
                    ORDER BY due_at LIMIT 1)
                UNION ALL
                SELECT 'LAUNCH', (
                    SELECT due_at FROM scoring WHERE sweep = 'launch' AND step = 'SUBMITTED' AND endpoint = e.endpoint
                    ORDER BY due_at LIMIT 1)
                UNION ALL
                SELECT 'LAUNCH', (
                    WITH RECURSIVE %1$s
                    SELECT coalesce(
                        (SELECT now() FROM live CROSS JOIN LATERAL (%2$s AND due_at <= now() LIMIT 1) first LIMIT 1),
                        (SELECT CASE max(live.n) WHEN %3$d THEN now() ELSE min(first.due_at) END
                         FROM live CROSS JOIN LATERAL (%2$s ORDER BY due_at LIMIT 1) first)))) s
            WHERE isfinite(s.due_at)""".formatted(LaunchQueues.live("e.endpoint"), LaunchQueues.OF_LIVE, LaunchQueues.WINDOW);

    private final JdbcClient jdbc;

    public DueWork(PlannerSwitches switches) {
        this.jdbc = switches.jdbc();
    }

    /**
     * When there is something for a sweep to do.
     *
     * @param in from now, by the clock of the database; not positive if it is due
     */
    public record Due(Sweep sweep, String endpoint, Duration in) {}

    /** What is due or will be at some endpoints: the first for each sweep that there is anything for. */
    public List<Due> next(Collection<String> endpoints) {
        return jdbc.sql(NEXT)
                .param("endpoints", endpoints.toArray(String[]::new))
                .query((row, n) -> new Due(
                        Sweep.valueOf(row.getString("sweep")),
                        row.getString("endpoint"),
                        Duration.ofMillis(row.getLong("in_ms"))))
                .list();
    }
}
