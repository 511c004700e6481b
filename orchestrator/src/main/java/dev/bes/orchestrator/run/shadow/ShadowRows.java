package dev.bes.orchestrator.run.shadow;

import dev.bes.orchestrator.database.JsonRows;
import dev.bes.orchestrator.run.Claim;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Writes the rows of comparisons, in the transactions that move the scorings. */
record ShadowRows(JdbcClient jdbc) {
    private static final String WAITING = """
            SELECT count(*) FROM (
                SELECT FROM shadow_comparison WHERE definition = :definition AND verdict IS NULL LIMIT :most) waiting""";

    private static final String INSERT = """
            INSERT INTO shadow_comparison (scoring_id, run_id, position, definition, endpoint, main_endpoint, shadow_run, verdict, cause, ended_at)
            SELECT scoring, run, position, definition, endpoint, main_endpoint, shadow_run, verdict, cause,
                   CASE WHEN verdict IS NOT NULL THEN clock_timestamp() END
            FROM json_to_recordset(:rows::json) AS m(
                scoring bigint, run bigint, position int, definition text, endpoint text, main_endpoint text, shadow_run bigint,
                verdict text, cause text)
            ON CONFLICT (scoring_id) DO NOTHING""";

    private static final String END = """
            UPDATE shadow_comparison c SET
                verdict = CASE WHEN m.failed THEN 'failed' ELSE coalesce(c.found ->> 'verdict', 'failed') END,
                cause = CASE WHEN m.failed THEN m.cause ELSE c.found ->> 'cause' END,
                found = CASE WHEN NOT m.failed THEN c.found END,
                ended_at = clock_timestamp()
            FROM json_to_recordset(:rows::json) AS m(run bigint, failed boolean, cause text)
            WHERE c.shadow_run = m.run AND c.verdict IS NULL
            RETURNING c.definition, c.verdict""";

    /**
     * A comparison that begins, or is skipped.
     *
     * @param scoring the scoring whose output is delivered
     * @param shadowRun null if it is skipped
     * @param verdict null if it begins
     */
    record Begun(
            long scoring,
            long run,
            int position,
            String definition,
            String endpoint,
            String mainEndpoint,
            @Nullable Long shadowRun,
            @Nullable String verdict,
            @Nullable String cause) {
        static Begun of(Claim claim, @Nullable Long run, @Nullable String skipped) {
            return new Begun(
                    claim.scoring(),
                    claim.run(),
                    claim.position(),
                    claim.definition().name(),
                    Objects.requireNonNull(claim.definition().shadow()).endpoint(),
                    claim.endpoint(),
                    run,
                    skipped == null ? null : Verdict.SKIPPED.word(),
                    skipped);
        }
    }

    /** A shadow that has ended. */
    record Ended(long run, boolean failed, @Nullable String cause) {}

    /** How many shadows of a definition are unfinished, at most that many. */
    int waiting(String definition, int most) {
        return jdbc.sql(WAITING)
                .param("definition", definition)
                .param("most", most)
                .query(Integer.class)
                .single();
    }

    void insert(List<Begun> begun) {
        if (!begun.isEmpty()) {
            jdbc.sql(INSERT).param("rows", JsonRows.rows(begun)).update();
        }
    }

    /** Gives the verdicts; those given before stay. */
    List<Shadows.Judged> end(List<Ended> ended) {
        return ended.isEmpty()
                ? List.of()
                : jdbc.sql(END)
                        .param("rows", JsonRows.rows(ended))
                        .query((row, n) ->
                                new Shadows.Judged(row.getString("definition"), Verdict.of(row.getString("verdict"))))
                        .list();
    }
}
