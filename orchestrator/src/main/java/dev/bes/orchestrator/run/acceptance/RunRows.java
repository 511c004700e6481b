package dev.bes.orchestrator.run.acceptance;

import dev.bes.orchestrator.audit.Requester;
import dev.bes.orchestrator.database.JsonRows;
import dev.bes.orchestrator.run.acceptance.RunAcceptance.Accepted;
import dev.bes.orchestrator.run.claim.FrozenDefinitions;
import dev.bes.orchestrator.run.claim.FrozenDefinitions.Frozen;
import dev.bes.orchestrator.run.forecast.CallForecast;
import dev.bes.orchestrator.run.forecast.CallForecaster;
import dev.bes.orchestrator.run.forecast.CallForecaster.Ahead;
import dev.bes.orchestrator.run.forecast.CallForecasts;
import dev.bes.orchestrator.run.journal.RunJournal;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Inserts runs, in the transaction that accepts them. */
record RunRows(JdbcClient jdbc, RunJournal journal, FrozenDefinitions definitions, CallForecaster forecaster) {
    // a definition is frozen only for a new run. A repeated request is looked up first, by the index of requests: a
    // conflict would use up a number, and a gap in the numbers looks like a lost run
    private static final String INSERT = """
            WITH input AS (
                SELECT * FROM json_to_recordset(:rows::json) AS m(
                    definition text, occurrence text, trigger text, fingerprint text, hash text, parameters jsonb,
                    fire_time timestamptz, scorings int, rerun_of bigint, traceparent text, partition text, backfill bigint,
                    callbacks text[], calls bigint, limits json, in_ms bigint, nth int, actor text, requester text, via text, address text, request text)
            ), accepted AS (
                INSERT INTO run (definition, occurrence, trigger, fingerprint, definition_hash, parameters, fire_time, scorings,
                                 rerun_of, moves, traceparent, partition, backfill, callbacks, forecast)
                SELECT definition, occurrence, trigger, fingerprint, hash, parameters, fire_time, scorings, rerun_of, 1,
                       traceparent, partition, backfill, callbacks, %s
                FROM input
                WHERE NOT EXISTS (
                    SELECT FROM run AS same WHERE same.trigger = 'request' AND same.occurrence = input.occurrence)
                ORDER BY nth
                ON CONFLICT DO NOTHING
                RETURNING id, definition, occurrence, moves, state, created_at, forecast, rerun_of, backfill
            ), new_definition AS (
                INSERT INTO frozen_definition (hash, name, content)
                SELECT hash, name, content::jsonb
                FROM json_to_recordset(:definitions::json) AS d(hash text, name text, content text)
                WHERE EXISTS (SELECT FROM accepted)
                  AND NOT EXISTS (SELECT FROM frozen_definition AS same WHERE same.hash = d.hash)
                ON CONFLICT (hash) DO NOTHING)""".formatted(CallForecasts.column("calls", "limits", "in_ms"));

    /**
     * A run to be inserted.
     *
     * @param scorings how many it will have
     * @param trace the context to keep with it; null if nothing is traced
     * @param requester who requests it, for the audit; null if nobody does
     */
    record Entry(
            NewRun run,
            int scorings,
            @Nullable String trace,
            @Nullable Requester requester) {
        Key key() {
            return new Key(run.definition().name(), run.occurrence());
        }
    }

    /** What makes a run the same as another one. */
    record Key(String definition, String occurrence) {}

    /** A run that was inserted. */
    record Inserted(long id, Instant createdAt, @Nullable CallForecast forecast) {}

    private record Row(
            String definition,
            String occurrence,
            String trigger,
            @Nullable String fingerprint,
            String hash,
            Map<String, String> parameters,
            @Nullable String fireTime,
            int scorings,
            @Nullable Long rerunOf,
            @Nullable String traceparent,
            @Nullable String partition,
            @Nullable Long backfill,
            @Nullable List<String> callbacks,
            @Nullable Long calls,
            @Nullable List<String> limits,
            @Nullable Long inMs,
            int nth,
            @Nullable String actor,
            @Nullable String requester,
            @Nullable String via,
            @Nullable String address,
            @Nullable String request) {}

    private record DefinitionRow(String hash, String name, String content) {}

    /** Inserts those that are not there yet, in one statement: their numbers are in this order. No two have the same key. */
    Map<Key, Inserted> insert(List<Entry> entries) {
        Map<String, DefinitionRow> frozen = new TreeMap<>();
        List<Row> rows = IntStream.range(0, entries.size())
                .mapToObj(i -> row(entries.get(i), i, frozen))
                .toList();
        Map<Key, Inserted> inserted = new HashMap<>();
        journal.ofAccepted(INSERT)
                .param("rows", JsonRows.rows(rows))
                .param("definitions", JsonRows.rows(frozen.values()))
                .query(row -> {
                    inserted.put(
                            new Key(row.getString("definition"), row.getString("occurrence")),
                            new Inserted(
                                    row.getLong("id"),
                                    row.getObject("created_at", OffsetDateTime.class)
                                            .toInstant(),
                                    JsonRows.value(row, "forecast", CallForecast.class)));
                });
        return inserted;
    }

    /** The existing run of the same occurrence, of any definition if it is null: the transaction that accepted it has committed by now. */
    Accepted existing(@Nullable String definition, String occurrence) {
        return jdbc.sql("""
                SELECT id, fingerprint, CASE WHEN ended_at IS NULL THEN forecast END AS forecast FROM run
                WHERE occurrence = :occurrence AND (definition = :definition OR trigger = 'request')""")
                .param("definition", definition)
                .param("occurrence", occurrence)
                .query((row, n) -> new Accepted(
                        row.getLong("id"),
                        false,
                        row.getString("fingerprint"),
                        JsonRows.value(row, "forecast", CallForecast.class)))
                .single();
    }

    private Row row(Entry entry, int nth, Map<String, DefinitionRow> frozen) {
        NewRun run = entry.run;
        String name = run.definition().name();
        Ahead ahead = entry.scorings == 0 ? null : forecaster.ahead(run.definition(), entry.scorings);
        Frozen definition = definitions.freeze(run.definition());
        frozen.putIfAbsent(definition.hash(), new DefinitionRow(definition.hash(), name, definition.json()));
        Requester requester = entry.requester;
        return new Row(
                name,
                run.occurrence(),
                run.trigger().word(),
                run.fingerprint(),
                definition.hash(),
                run.parameters(),
                run.fireTime() == null ? null : run.fireTime().toString(),
                entry.scorings,
                run.rerunOf(),
                entry.trace,
                PartitionKey.of(run),
                run.backfill(),
                run.callbacks(),
                ahead == null ? null : ahead.calls(),
                ahead == null ? null : ahead.limits(),
                CallForecasts.millis(ahead),
                nth,
                journal.isSelf(run.by()) ? null : run.by().toString(),
                requester == null ? null : requester.actor(),
                requester == null ? null : requester.via(),
                requester == null ? null : requester.address(),
                requester == null ? null : requester.request());
    }
}
