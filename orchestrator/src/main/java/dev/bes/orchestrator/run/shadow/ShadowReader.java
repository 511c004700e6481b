package dev.bes.orchestrator.run.shadow;

import dev.bes.orchestrator.database.JsonRows;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads what shadows have found, for the API and the pages. */
@Component
public class ShadowReader {
    private static final String VIEW = """
            SELECT run_id, position, endpoint, shadow_run, verdict, cause, found, created_at, ended_at FROM shadow_comparison""";

    // those of the endpoints of the newest one: what was found about another service says nothing about this one
    private static final String LAST = """
            WITH newest AS (
                SELECT main_endpoint, endpoint FROM shadow_comparison WHERE definition = :definition
                ORDER BY scoring_id DESC LIMIT 1
            ), last AS (
                SELECT c.* FROM shadow_comparison c JOIN newest USING (main_endpoint, endpoint)
                WHERE c.definition = :definition ORDER BY c.scoring_id DESC LIMIT :last)
            """;

    private static final String VERDICTS = LAST
            + "SELECT main_endpoint, endpoint, verdict, count(*) AS n FROM last GROUP BY main_endpoint, endpoint, verdict";

    private static final String COLUMNS = LAST + """
            SELECT o ->> 'output' AS output, c ->> 'column' AS name,
                   sum((c ->> 'texts')::bigint)::bigint AS texts, sum((c ->> 'numbers')::bigint)::bigint AS numbers,
                   sum((c ->> 'beyond')::bigint)::bigint AS beyond, max((c ->> 'largest')::float8) AS largest,
                   coalesce(sum((c ->> 'mean')::numeric * (c ->> 'numbers')::bigint)
                       / nullif(sum((c ->> 'numbers')::bigint), 0), 0)::float8 AS mean
            FROM last, jsonb_array_elements(found -> 'outputs') o, jsonb_array_elements(o -> 'columns') c
            GROUP BY 1, 2 ORDER BY 3 + 5 DESC, 6 DESC, 1, 2 LIMIT 100""";

    private final JdbcClient jdbc;

    public ShadowReader(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * The shadows of the scorings of a run, by position.
     *
     * @param descending whether the highest comes first
     * @param after begin after this position; null to begin with the first
     */
    public List<ShadowView> list(long run, boolean descending, @Nullable Long after, int limit) {
        return jdbc.sql(VIEW + " WHERE run_id = :run"
                        + (after == null ? "" : " AND position " + (descending ? "<" : ">") + " :after")
                        + " ORDER BY position" + (descending ? " DESC" : "") + " LIMIT :limit")
                .param("run", run)
                .param("after", after)
                .param("limit", limit)
                .query(ShadowReader::view)
                .list();
    }

    /** The shadow that this run is; empty if it is none. */
    public Optional<ShadowView> ofShadow(long shadowRun) {
        return jdbc.sql(VIEW + " WHERE shadow_run = :run")
                .param("run", shadowRun)
                .query(ShadowReader::view)
                .optional();
    }

    /**
     * What the last shadows of a definition have found; empty if it had none.
     *
     * @param last how many
     */
    public Optional<ShadowSummary> summary(String definition, int last) {
        record Count(
                String mainEndpoint,
                String endpoint,
                @Nullable Verdict verdict,
                long n) {}
        List<Count> counts = jdbc.sql(VERDICTS)
                .param("definition", definition)
                .param("last", last)
                .query((row, n) -> new Count(
                        row.getString("main_endpoint"), row.getString("endpoint"), verdict(row), row.getLong("n")))
                .list();
        if (counts.isEmpty()) {
            return Optional.empty();
        }
        Map<Verdict, Long> verdicts = new EnumMap<>(Verdict.class);
        long underWay = 0;
        for (Count count : counts) {
            if (count.verdict == null) {
                underWay = count.n;
            } else {
                verdicts.put(count.verdict, count.n);
            }
        }
        Count any = counts.getFirst();
        return Optional.of(
                new ShadowSummary(any.mainEndpoint, any.endpoint, verdicts, underWay, columns(definition, last)));
    }

    private List<ShadowSummary.Column> columns(String definition, int last) {
        return jdbc.sql(COLUMNS)
                .param("definition", definition)
                .param("last", last)
                .query((row, n) -> new ShadowSummary.Column(
                        row.getString("output"),
                        row.getString("name"),
                        row.getLong("texts"),
                        row.getLong("numbers"),
                        row.getLong("beyond"),
                        row.getDouble("largest"),
                        row.getDouble("mean")))
                .list();
    }

    private static ShadowView view(ResultSet row, int n) throws SQLException {
        Comparison found = JsonRows.value(row, "found", Comparison.class);
        Verdict verdict = verdict(row);
        OffsetDateTime ended = row.getObject("ended_at", OffsetDateTime.class);
        return new ShadowView(
                row.getLong("run_id"),
                row.getInt("position"),
                row.getString("endpoint"),
                row.getObject("shadow_run", Long.class),
                verdict,
                row.getString("cause"),
                found == null || verdict == null ? List.of() : found.outputs(),
                instant(row.getObject("created_at", OffsetDateTime.class)),
                ended == null ? null : instant(ended));
    }

    private static @Nullable Verdict verdict(ResultSet row) throws SQLException {
        String word = row.getString("verdict");
        return word == null ? null : Verdict.of(word);
    }

    private static Instant instant(OffsetDateTime time) {
        return time.toInstant();
    }
}
