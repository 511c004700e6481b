package dev.bes.orchestrator.run.fold;

import dev.bes.orchestrator.database.JsonRows;
import dev.bes.orchestrator.run.journal.RunJournal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Inserts carriers, each in a run of its own: like the first member in all but its input. */
record CarrierRows(JdbcClient jdbc, RunJournal journal) {
    private static final String RUNS = """
            WITH input AS (
                SELECT r.definition, 'fold:' || m.sample || ':' || gen_random_uuid() AS occurrence, r.definition_hash, NULL::text AS actor,
                       NULL::text AS requester, NULL::text AS via, NULL::text AS address, NULL::text AS request
                FROM unnest(:samples) AS m(sample) JOIN scoring s ON s.id = m.sample JOIN run r ON r.id = s.run_id
            ), accepted AS (
                INSERT INTO run (definition, occurrence, trigger, definition_hash, scorings, moves)
                SELECT definition, occurrence, 'fold', definition_hash, 1, 1 FROM input
                RETURNING id, definition, occurrence, moves, state, rerun_of, backfill)""";

    private static final String CARRIERS = """
            WITH m AS (
                SELECT * FROM json_to_recordset(:rows::json) AS m(
                    key text, sample bigint, run bigint, members int, open boolean, wait_ms bigint)
            ), carrier AS (
                INSERT INTO scoring (run_id, position, endpoint, definition, priority, pool, fairness_key, inputs, parameters,
                                     delivery, due_at)
                SELECT m.run, 1, s.endpoint, s.definition, s.priority, s.pool, s.fairness_key,
                       json_build_object((SELECT json_object_keys(s.inputs) LIMIT 1),
                                         json_build_object('folded', true, 'name', 'files of other runs')),
                       s.parameters, s.delivery, clock_timestamp() + m.wait_ms * interval '1 ms'
                FROM m JOIN scoring s ON s.id = m.sample
                RETURNING id, run_id
            ), fold AS (
                INSERT INTO fold (carrier_id, key, members, open)
                SELECT carrier.id, m.key, m.members, m.open FROM m JOIN carrier ON carrier.run_id = m.run)
            SELECT m.sample, carrier.id FROM m JOIN carrier ON carrier.run_id = m.run""";

    /**
     * A fold to be made.
     *
     * @param key the key of its members
     * @param sample the first of them
     * @param members all of them
     * @param open whether others may join it
     * @param waitMs when its carrier is due, from now
     */
    record Fresh(String key, long sample, List<Long> members, boolean open, long waitMs) {}

    private record Row(String key, long sample, long run, int members, boolean open, long waitMs) {}

    /** Inserts carriers, and returns the carrier of each member. */
    Map<Long, Long> insert(List<Fresh> folds) {
        Map<Long, Long> carrierOf = new HashMap<>();
        if (folds.isEmpty()) {
            return carrierOf;
        }
        Map<Long, Long> runs = new HashMap<>();
        journal.ofAccepted(RUNS)
                .param("samples", folds.stream().map(Fresh::sample).toArray(Long[]::new))
                .query(row -> {
                    runs.put(Long.valueOf(row.getString("occurrence").split(":", 3)[1]), row.getLong("id"));
                });
        List<Row> rows = folds.stream()
                .map(fold -> new Row(
                        fold.key,
                        fold.sample,
                        Objects.requireNonNull(runs.get(fold.sample)),
                        fold.members.size(),
                        fold.open,
                        fold.waitMs))
                .toList();
        Map<Long, Long> carriers = new HashMap<>();
        jdbc.sql(CARRIERS).param("rows", JsonRows.rows(rows)).query(row -> {
            carriers.put(row.getLong("sample"), row.getLong("id"));
        });
        folds.forEach(fold -> fold.members.forEach(
                member -> carrierOf.put(member, Objects.requireNonNull(carriers.get(fold.sample)))));
        return carrierOf;
    }
}
