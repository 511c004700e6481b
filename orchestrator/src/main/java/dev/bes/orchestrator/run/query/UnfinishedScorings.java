package dev.bes.orchestrator.run.query;

import dev.bes.orchestrator.run.Attention;
import dev.bes.orchestrator.run.Step;
import dev.bes.orchestrator.run.Sweep;
import dev.bes.orchestrator.run.claim.PoolSlots;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads where the unfinished scorings of a run stand. */
@Component
public class UnfinishedScorings {
    private static final String GROUPS = """
            SELECT s.endpoint, s.definition, s.pool, s.fairness_key, s.sweep, s.step, s.attention, s.owner, s.cause, s.due_at <= now() AS is_due,
                   count(*) AS n, min(s.position) AS position, min(coalesce(s.fold_due_at, s.due_at)) AS due,
                   c.run_id AS carrier, CASE WHEN c.step = 'PLANNED' THEN c.due_at END AS carrier_due
            FROM scoring s LEFT JOIN scoring c ON c.id = s.carrier_id WHERE s.run_id = :run AND s.sweep IS NOT NULL
            GROUP BY s.endpoint, s.definition, s.pool, s.fairness_key, s.sweep, s.step, s.attention, s.owner, s.cause, s.due_at <= now(), c.id
            ORDER BY n DESC, position LIMIT :limit""";

    private static final String UNDER_WAY =
            "SELECT count(*) FROM scoring WHERE endpoint = :endpoint AND " + PoolSlots.HOLDERS;

    private final JdbcClient jdbc;
    private final LaunchWaits waits;

    public UnfinishedScorings(JdbcClient jdbc) {
        this.jdbc = jdbc;
        this.waits = new LaunchWaits(jdbc);
    }

    /**
     * Scorings that stand at the same point.
     *
     * @param queue where they wait to be launched
     * @param attention why they need attention; null if they do not
     * @param owner the node that holds them, or held them when it stopped; null if none does
     * @param cause why they are tried again; null if nothing failed
     * @param isDue whether a sweep may claim them now
     * @param count how many there are
     * @param position of the first of them
     * @param due when a sweep may claim the first of them
     * @param carrier the run whose job they share; null if they share none
     * @param carrierDue when that run is to be launched; null if this is known no more
     */
    public record Group(
            LaunchWaits.Queue queue,
            Sweep sweep,
            Step step,
            @Nullable Attention attention,
            @Nullable String owner,
            @Nullable String cause,
            boolean isDue,
            long count,
            int position,
            @Nullable Instant due,
            @Nullable Long carrier,
            @Nullable Instant carrierDue) {

        /** The endpoint that scores them. */
        public String endpoint() {
            return queue.endpoint();
        }
    }

    /** The unfinished scorings of a run in groups, the largest first. */
    public List<Group> of(long run, int limit) {
        return jdbc.sql(GROUPS)
                .param("run", run)
                .param("limit", limit)
                .query(UnfinishedScorings::group)
                .list();
    }

    /** How many remote jobs of an endpoint are at work, or are being started. */
    public int jobsUnderWay(String endpoint) {
        return jdbc.sql(UNDER_WAY)
                .param("endpoint", endpoint)
                .query(Integer.class)
                .single();
    }

    /** For which pool, or behind which fairness keys, a group waits to be launched, in a sentence without a full stop. */
    public Optional<String> waitsFor(Group group) {
        return waits.reason(group.queue);
    }

    private static Group group(ResultSet row, int n) throws SQLException {
        return new Group(
                new LaunchWaits.Queue(
                        row.getString("endpoint"),
                        row.getString("definition"),
                        row.getString("pool"),
                        row.getString("fairness_key")),
                Sweep.valueOf(row.getString("sweep").toUpperCase(Locale.ROOT)),
                Step.valueOf(row.getString("step")),
                Attention.of(row.getString("attention")),
                row.getString("owner"),
                row.getString("cause"),
                row.getBoolean("is_due"),
                row.getLong("n"),
                row.getInt("position"),
                instant(row, "due"),
                row.getObject("carrier", Long.class),
                instant(row, "carrier_due"));
    }

    /** Infinity is how the driver reads a time that never comes. */
    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null || time.equals(OffsetDateTime.MAX) ? null : time.toInstant();
    }
}
