package dev.bes.orchestrator.run.acceptance;

import dev.bes.orchestrator.database.JsonRows;
import dev.bes.orchestrator.definition.Definition;
import dev.bes.orchestrator.run.InputSource;
import dev.bes.orchestrator.run.Sweep;
import dev.bes.orchestrator.run.acceptance.RunAcceptance.Addition;
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
                INSERT INTO scoring (run_id, position, endpoint, definition, priority, pool, fairness_key, inputs, parameters, delivery)
                SELECT :run, position, :endpoint, :definition, :priority, :pool, key, inputs, parameters, delivery
                FROM json_to_recordset(:rows::json) AS m(position int, key text, inputs json, parameters json, delivery text))
            SELECT %s""".formatted(WakeUps.ringing(Sweep.LAUNCH, ":endpoint"));

    private static final long BYTES_AT_ONCE = 4 * 1024 * 1024;

    /** Inserts the scorings of a run: in one statement, unless the parameters are so large that all of them at once would not fit into memory. */
    void insert(NewRun run, long id, Instant acceptedAt) {
        ResolvedTemplates resolvedTemplates = new ResolvedTemplates(run, id, acceptedAt);
        List<Scoring> rows = new ArrayList<>();
        long bytes = 0;
        int position = 0;
        for (Map<String, InputSource> inputs : run.scorings()) {
            Scoring scoring = Scoring.of(++position, inputs, resolvedTemplates);
            rows.add(scoring);
            bytes += ParametersTooLargeException.checkResolved(scoring.parameters());
            if (bytes > BYTES_AT_ONCE) {
                insert(run.definition(), id, rows);
                rows.clear();
                bytes = 0;
            }
        }
        insert(run.definition(), id, rows);
    }

    private void insert(Definition definition, long run, List<Scoring> rows) {
        String pool = definition.pool() == null ? "" : definition.pool();
        insert(run, definition.endpoint(), definition.name(), definition.priority(), pool, rows);
    }

    private void insert(
            long run, String endpoint, String definition, int priority, String pool, List<Scoring> rows) {
        jdbc.sql(INSERT)
                .param("run", run)
                .param("endpoint", endpoint)
                .param("definition", definition)
                .param("priority", priority)
                .param("pool", pool)
                .param("rows", JsonRows.rows(rows))
                .query((ignored, n) -> true)
                .single();
    }

    /** Inserts a scoring that is added to a run, with the priority, the pool and the fairness key of its first one; returns its position. */
    int add(long run, Addition scoring) {
        Grown grown = jdbc.sql("""
                SELECT run.definition, scorings, coalesce(priority, :usual) AS priority, coalesce(pool, '') AS pool,
                       coalesce(fairness_key, '') AS key
                FROM run LEFT JOIN scoring ON run_id = run.id AND position = 1 WHERE run.id = :run""")
                .param("run", run)
                .param("usual", Definition.DEFAULT_PRIORITY)
                .query((row, n) -> new Grown(
                        row.getString("definition"),
                        row.getInt("scorings"),
                        row.getInt("priority"),
                        row.getString("pool"),
                        row.getString("key")))
                .single();
        Scoring row = new Scoring(grown.scorings, grown.key, scoring.inputs(), scoring.parameters(), scoring.delivery());
        insert(run, scoring.endpoint(), grown.definition, grown.priority, grown.pool, List.of(row));
        return grown.scorings;
    }

    private record Grown(String definition, int scorings, int priority, String pool, String key) {}

    private record Scoring(
            int position, String key, Object inputs, Map<String, String> parameters, String delivery) {
        static Scoring of(int position, Map<String, InputSource> inputs, ResolvedTemplates resolvedTemplates) {
            return new Scoring(
                    position,
                    resolvedTemplates.fairnessKey(inputs),
                    inputs,
                    resolvedTemplates.parameters(inputs),
                    resolvedTemplates.delivery(inputs));
        }
    }
}
