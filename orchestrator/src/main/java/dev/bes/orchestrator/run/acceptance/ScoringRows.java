package dev.bes.orchestrator.run.acceptance;

import dev.bes.orchestrator.database.JsonRows;
import dev.bes.orchestrator.definition.Definition;
import dev.bes.orchestrator.run.InputSource;
import dev.bes.orchestrator.run.Sweep;
import dev.bes.orchestrator.run.acceptance.RunAcceptance.Addition;
import dev.bes.orchestrator.run.acceptance.ShadowAcceptance.Shadow;
import dev.bes.orchestrator.run.claim.WakeUps;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Inserts scorings, in the transaction that accepts them. */
record ScoringRows(JdbcClient jdbc) {
    private static final String INSERT = """
            WITH planned AS (
                INSERT INTO scoring (run_id, position, endpoint, definition, priority, pool, fairness_key, inputs, parameters, delivery,
                                     fold_key, fold_due_at, due_at)
                SELECT run, position, endpoint, definition, priority, pool, key, inputs, parameters, delivery,
                       CASE WHEN folds THEN md5(concat_ws(' ', (SELECT definition_hash FROM run WHERE run.id = m.run), endpoint, parameters)) END,
                       CASE WHEN folds THEN clock_timestamp() END,
                       CASE WHEN folds THEN 'infinity' ELSE clock_timestamp() END
                FROM json_to_recordset(:rows::json) AS m(
                    run bigint, position int, endpoint text, definition text, priority int, pool text, key text, inputs json,
                    parameters json, delivery text, folds boolean)
                RETURNING endpoint)
            SELECT %s FROM (SELECT DISTINCT endpoint FROM planned) woken""".formatted(WakeUps.ringing(Sweep.LAUNCH, "endpoint"));

    private static final long BYTES_AT_ONCE = 4 * 1024 * 1024;

    /** A run that was inserted, with its number and the time by the database clock. */
    record OfRun(NewRun run, long id, Instant acceptedAt) {}

    /** Inserts the scorings of runs: in one statement, unless the parameters are so large that all of them at once would not fit into memory. */
    void insert(List<OfRun> runs) {
        List<Scoring> rows = new ArrayList<>();
        long bytes = 0;
        for (OfRun of : runs) {
            ResolvedTemplates templates = new ResolvedTemplates(of.run, of.id, of.acceptedAt);
            int position = 0;
            for (Map<String, InputSource> inputs : of.run.scorings()) {
                Scoring scoring = Scoring.of(of, ++position, inputs, templates);
                rows.add(scoring);
                bytes += ParametersTooLargeException.checkResolved(scoring.parameters());
                if (bytes > BYTES_AT_ONCE) {
                    write(rows);
                    rows.clear();
                    bytes = 0;
                }
            }
        }
        write(rows);
    }

    /** Inserts the only scorings of these shadows, by their runs. */
    void insert(Map<Long, Shadow> shadows) {
        write(shadows.entrySet().stream()
                .map(of -> Scoring.of(of.getKey(), of.getValue()))
                .toList());
    }

    private void write(List<Scoring> rows) {
        if (!rows.isEmpty()) {
            jdbc.sql(INSERT).param("rows", JsonRows.rows(rows)).query(row -> {});
        }
    }

    /** Inserts a scoring that is added to a run, with the priority, the pool and the fairness key of its first one; returns its position. */
    int add(long run, Addition scoring) {
        Grown grown = jdbc.sql("""
                SELECT run.definition, scorings, coalesce(priority, :usual) AS priority, coalesce(pool, '') AS pool,
                       coalesce(fairness_key, '') AS key, fold_key IS NOT NULL AS folds
                FROM run LEFT JOIN scoring ON run_id = run.id AND position = 1 WHERE run.id = :run""")
                .param("run", run)
                .param("usual", Definition.DEFAULT_PRIORITY)
                .query((row, n) -> new Grown(
                        row.getString("definition"),
                        row.getInt("scorings"),
                        row.getInt("priority"),
                        row.getString("pool"),
                        row.getString("key"),
                        row.getBoolean("folds")))
                .single();
        write(List.of(new Scoring(
                run,
                grown.scorings,
                scoring.endpoint(),
                grown.definition,
                grown.priority,
                grown.pool,
                grown.key,
                scoring.inputs(),
                scoring.parameters(),
                scoring.delivery(),
                grown.folds)));
        return grown.scorings;
    }

    private record Grown(String definition, int scorings, int priority, String pool, String key, boolean folds) {}

    private record Scoring(
            long run,
            int position,
            String endpoint,
            String definition,
            int priority,
            String pool,
            String key,
            Object inputs,
            Map<String, String> parameters,
            String delivery,
            boolean folds) {
        static Scoring of(long run, Shadow shadow) {
            Definition definition = shadow.definition();
            return new Scoring(
                    run,
                    1,
                    definition.endpoint(),
                    definition.name(),
                    definition.priority(),
                    "",
                    "",
                    shadow.inputs(),
                    shadow.parameters(),
                    definition.delivery().folder(),
                    false);
        }

        static Scoring of(OfRun of, int position, Map<String, InputSource> inputs, ResolvedTemplates templates) {
            Definition definition = of.run.definition();
            return new Scoring(
                    of.id,
                    position,
                    definition.endpoint(),
                    definition.name(),
                    definition.priority(),
                    definition.pool() == null ? "" : definition.pool(),
                    templates.fairnessKey(inputs),
                    inputs,
                    templates.parameters(inputs),
                    templates.delivery(inputs),
                    definition.fold() != null);
        }
    }
}
