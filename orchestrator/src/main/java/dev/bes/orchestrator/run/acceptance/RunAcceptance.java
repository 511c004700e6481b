package dev.bes.orchestrator.run.acceptance;

import dev.bes.orchestrator.database.JsonRows;
import dev.bes.orchestrator.database.PlannerSwitches;
import dev.bes.orchestrator.database.Transactions;
import dev.bes.orchestrator.definition.Definition;
import dev.bes.orchestrator.run.Actor;
import dev.bes.orchestrator.run.CauseText;
import dev.bes.orchestrator.run.InputFile;
import dev.bes.orchestrator.run.InputSource;
import dev.bes.orchestrator.run.State;
import dev.bes.orchestrator.run.Sweep;
import dev.bes.orchestrator.run.claim.FrozenDefinitions;
import dev.bes.orchestrator.run.claim.InputContents;
import dev.bes.orchestrator.run.claim.WakeUps;
import dev.bes.orchestrator.run.forecast.CallForecast;
import dev.bes.orchestrator.run.forecast.CallForecaster;
import dev.bes.orchestrator.run.forecast.CallForecaster.Ahead;
import dev.bes.orchestrator.run.forecast.CallForecasts;
import dev.bes.orchestrator.run.journal.RunJournal;
import dev.bes.orchestrator.run.meter.RunMeters;
import dev.bes.orchestrator.run.trace.RunTraces;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Accepts runs, and scorings added to them. Triggers write by this class only. */
@Component
public class RunAcceptance {
    // a definition is frozen only for a new run. A repeated request is looked up first, by the index of requests: a
    // conflict would use up a number, and a gap in the numbers looks like a lost run
    private static final String INSERT =
            """
            WITH accepted AS (
                INSERT INTO run (definition, occurrence, trigger, fingerprint, definition_hash, parameters, fire_time, scorings,
                                 rerun_of, moves, traceparent, partition, backfill, callbacks, forecast)
                SELECT :definition, :occurrence, :trigger, :fingerprint, :hash, :parameters::jsonb, :fireTime::timestamptz,
                       :scorings::int, :rerunOf::bigint, 1, :traceparent, :partition, :backfill::bigint, :callbacks::text[], %s
                WHERE NOT EXISTS (
                    SELECT FROM run AS same WHERE same.trigger = 'request' AND same.occurrence = :occurrence)
                ON CONFLICT DO NOTHING RETURNING id, moves, state, created_at, forecast, rerun_of, backfill
            ), new_definition AS (
                INSERT INTO frozen_definition (hash, name, content)
                SELECT :hash, :definition, :content::jsonb FROM accepted
                WHERE NOT EXISTS (SELECT FROM frozen_definition WHERE hash = :hash)
                ON CONFLICT (hash) DO NOTHING)""".formatted(CallForecasts.column(":calls::bigint", ":limits::json", ":inMs::bigint"));

    private static final String INSERT_SCORINGS = """
            WITH planned AS (
                INSERT INTO scoring (run_id, position, endpoint, definition, priority, inputs, parameters, delivery)
                SELECT :run, position, :endpoint, :definition, :priority, inputs, parameters, delivery
                FROM json_to_recordset(:rows::json) AS m(position int, inputs json, parameters json, delivery text))
            SELECT %s""".formatted(WakeUps.ringing(Sweep.LAUNCH, ":endpoint"));

    private static final String FAIL = """
            WITH moved AS (
                UPDATE run SET state = 'Failed', cause = :cause, ended_at = clock_timestamp(), moves = moves + 1
                WHERE id = :run RETURNING id, moves, 'NotStarted' AS from_state, state, cause)""";

    // the lock of this update is the one under which a run ends: either the end sees the new scoring, or this sees the
    // end
    private static final String ADD = """
            WITH moved AS (
                UPDATE run SET scorings = scorings + 1, moves = moves + 1
                WHERE id = :run AND ended_at IS NULL AND cancel_requested_at IS NULL
                RETURNING id, moves, state AS from_state, state, 'scoring ' || scorings || ' was added' AS cause)""";

    private static final long BYTES_AT_ONCE = 4 * 1024 * 1024;

    private final JdbcClient jdbc;
    private final Transactions transactions;
    private final FrozenDefinitions definitions;
    private final CallForecaster callForecaster;
    private final RunJournal journal;
    private final RunMeters meters;
    private final RunTraces traces;
    private final InputContents contents;

    public RunAcceptance(
            PlannerSwitches switches,
            Transactions transactions,
            FrozenDefinitions definitions,
            CallForecaster callForecaster,
            RunJournal journal,
            RunMeters meters,
            RunTraces traces,
            InputContents contents) {
        this.jdbc = switches.jdbc();
        this.transactions = transactions;
        this.definitions = definitions;
        this.callForecaster = callForecaster;
        this.journal = journal;
        this.meters = meters;
        this.traces = traces;
        this.contents = contents;
    }

    /**
     * The result of a request for a run.
     *
     * @param id the run of that occurrence
     * @param isNew whether this call accepted it
     * @param fingerprint the fingerprint of the call that accepted it
     * @param forecast the calls ahead when the limits of the managed API delay it; null if they do not
     */
    public record Accepted(
            long id,
            boolean isNew,
            @Nullable String fingerprint,
            @Nullable CallForecast forecast) {}

    /**
     * Accepts a run, or finds the one that this occurrence already is. When it returns, the run is durable.
     *
     * @throws dev.bes.orchestrator.definition.template.TemplateException if a template has no value
     * @throws ParametersTooLargeException if the parameters of a scoring are larger than they may be
     */
    public Accepted accept(NewRun run) {
        Accepted accepted = traces.accept(trace -> transactions.run(() -> accept(run, trace)), Accepted::id);
        if (accepted.isNew()) {
            meters.accepted(run.definition().name(), run.trigger());
        }
        if (accepted.isNew() && accepted.forecast() != null) {
            CallForecasts.log(accepted.id(), accepted.forecast());
        }
        return accepted;
    }

    private Accepted accept(NewRun run, @Nullable String trace) {
        return insert(run, run.scorings().size(), trace)
                .map(row -> {
                    insertScorings(run, row);
                    contents.insert(row.id(), run.contents());
                    return row.accepted(run);
                })
                .orElseGet(() -> existing(run.definition().name(), run.occurrence()));
    }

    /** Records a run that could not be accepted as Failed with its cause, once per occurrence. */
    public Accepted reject(NewRun run, String cause) {
        Accepted rejected = transactions.run(() -> insert(run, 0, null)
                .map(row -> {
                    journal.ofRuns(FAIL, journal.self())
                            .param("run", row.id())
                            .param("cause", CauseText.of(cause))
                            .update();
                    return row.accepted(run);
                })
                .orElseGet(() -> existing(run.definition().name(), run.occurrence())));
        if (rejected.isNew()) {
            meters.accepted(run.definition().name(), run.trigger());
            meters.ended(run.definition().name(), State.FAILED, Duration.ZERO);
        }
        return rejected;
    }

    /**
     * A scoring to be added to a run.
     *
     * @param endpoint where it is scored
     * @param inputs its files by input name
     * @param parameters the global parameters of the web service, with everything filled in
     * @param delivery the folder for its outputs, likewise
     */
    public record Addition(
            String endpoint, Map<String, InputFile> inputs, Map<String, String> parameters, String delivery) {}

    /**
     * Adds a scoring to a run that was accepted before; the run ends after it. Neither one that has ended takes any, nor one
     * that is being cancelled.
     *
     * @param by who adds it
     * @return the position of the scoring in the run; none if the run takes none any more
     * @throws ParametersTooLargeException if its parameters are larger than they may be
     */
    public OptionalInt add(long run, Addition scoring, Actor by) {
        ParametersTooLargeException.checkResolved(scoring.parameters());
        return transactions.run(() -> journal.ofRuns(ADD, by).param("run", run).update() == 0
                ? OptionalInt.empty()
                : OptionalInt.of(insert(run, scoring)));
    }

    private int insert(long run, Addition scoring) {
        Grown grown = jdbc.sql("""
                SELECT definition, scorings, coalesce((
                    SELECT priority FROM scoring WHERE run_id = run.id AND position = 1), :usual) AS priority
                FROM run WHERE id = :run""")
                .param("run", run)
                .param("usual", Definition.DEFAULT_PRIORITY)
                .query((row, n) ->
                        new Grown(row.getString("definition"), row.getInt("scorings"), row.getInt("priority")))
                .single();
        Scoring row = new Scoring(grown.scorings, scoring.inputs(), scoring.parameters(), scoring.delivery());
        insertScorings(run, scoring.endpoint(), grown.definition, grown.priority, List.of(row));
        return grown.scorings;
    }

    private record Grown(String definition, int scorings, int priority) {}

    private Optional<Row> insert(NewRun run, int scorings, @Nullable String trace) {
        Instant fireTime = run.fireTime();
        Ahead ahead = scorings == 0 ? null : callForecaster.ahead(run.definition(), scorings);
        FrozenDefinitions.Frozen frozen = definitions.freeze(run.definition());
        return journal.ofAccepted(INSERT, run.by())
                .param("definition", run.definition().name())
                .param("occurrence", run.occurrence())
                .param("trigger", run.trigger().word())
                .param("fingerprint", run.fingerprint())
                .param("hash", frozen.hash())
                .param("content", frozen.json())
                .param("parameters", JsonRows.column(run.parameters()))
                .param("fireTime", fireTime == null ? null : fireTime.atOffset(ZoneOffset.UTC))
                .param("scorings", scorings)
                .param("rerunOf", run.rerunOf())
                .param("traceparent", trace)
                .param("partition", PartitionKey.of(run))
                .param("backfill", run.backfill())
                .param("callbacks", run.callbacks())
                .param("calls", ahead == null ? null : ahead.calls())
                .param("limits", JsonRows.column(ahead == null ? null : ahead.limits()))
                .param("inMs", CallForecasts.millis(ahead))
                .query((row, n) -> new Row(
                        row.getLong("id"),
                        row.getObject("created_at", OffsetDateTime.class).toInstant(),
                        JsonRows.value(row, "forecast", CallForecast.class)))
                .optional();
    }

    /** In one statement, unless the parameters are so large that all of them at once would not fit into memory. */
    private void insertScorings(NewRun run, Row row) {
        ResolvedTemplates resolvedTemplates = new ResolvedTemplates(run, row.id(), row.createdAt());
        List<Scoring> rows = new ArrayList<>();
        long bytes = 0;
        int position = 0;
        for (Map<String, InputSource> inputs : run.scorings()) {
            Scoring scoring = Scoring.of(++position, inputs, resolvedTemplates);
            rows.add(scoring);
            bytes += ParametersTooLargeException.checkResolved(scoring.parameters());
            if (bytes > BYTES_AT_ONCE) {
                insertScorings(run, row, rows);
                rows.clear();
                bytes = 0;
            }
        }
        insertScorings(run, row, rows);
    }

    private void insertScorings(NewRun run, Row row, List<Scoring> rows) {
        Definition definition = run.definition();
        insertScorings(row.id(), definition.endpoint(), definition.name(), definition.priority(), rows);
    }

    private void insertScorings(long run, String endpoint, String definition, int priority, List<Scoring> rows) {
        jdbc.sql(INSERT_SCORINGS)
                .param("run", run)
                .param("endpoint", endpoint)
                .param("definition", definition)
                .param("priority", priority)
                .param("rows", JsonRows.rows(rows))
                .query((ignored, n) -> true)
                .single();
    }

    /** The existing run of the same occurrence, of any definition if it is null: the transaction that accepted it has committed by now. */
    public Accepted existing(@Nullable String definition, String occurrence) {
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

    private record Row(long id, Instant createdAt, @Nullable CallForecast forecast) {
        Accepted accepted(NewRun run) {
            return new Accepted(id, true, run.fingerprint(), forecast);
        }
    }

    private record Scoring(int position, Object inputs, Map<String, String> parameters, String delivery) {
        static Scoring of(int position, Map<String, InputSource> inputs, ResolvedTemplates resolvedTemplates) {
            return new Scoring(
                    position, inputs, resolvedTemplates.parameters(inputs), resolvedTemplates.delivery(inputs));
        }
    }
}
