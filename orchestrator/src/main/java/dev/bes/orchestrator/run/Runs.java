package dev.bes.orchestrator.run;

import dev.bes.orchestrator.run.Forecaster.Ahead;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Accepts runs: the one place where triggers write. */
@Component
public class Runs {
    // a definition is frozen only for a run that is new. A request that comes again is looked for first, by the index
    // of
    // requests: a conflict would use up a number, and a number that is missing looks like a run that was lost
    private static final String INSERT =
            """
            WITH accepted AS (
                INSERT INTO run (definition, occurrence, trigger, fingerprint, frozen, parameters, fire_time, scorings, forecast)
                SELECT :definition, :occurrence, :trigger, :fingerprint, :frozen, :parameters::jsonb, :fireTime::timestamptz,
                       :scorings::int, %s
                WHERE NOT EXISTS (
                    SELECT FROM run AS same WHERE same.trigger = 'request' AND same.occurrence = :occurrence)
                ON CONFLICT DO NOTHING RETURNING id, created_at, forecast
            ), frozen AS (
                INSERT INTO frozen_definition (hash, name, content)
                SELECT :frozen, :definition, :content::jsonb FROM accepted
                WHERE NOT EXISTS (SELECT FROM frozen_definition WHERE hash = :frozen)
                ON CONFLICT (hash) DO NOTHING)
            SELECT * FROM accepted""".formatted(Forecasts.column(":calls::bigint", ":limits::json", ":inMs::bigint"));

    private static final String INSERT_SCORINGS = """
            WITH planned AS (
                INSERT INTO scoring (run_id, position, endpoint, definition, priority, inputs, parameters, delivery)
                SELECT :run, position, :endpoint, :definition, :priority, inputs, parameters, delivery
                FROM json_to_recordset(:rows::json) AS m(position int, inputs json, parameters json, delivery text))
            SELECT %s""".formatted(Wakeups.ringing(Sweep.LAUNCH, ":endpoint"));

    private static final String FAIL = """
            WITH moved AS (
                UPDATE run SET state = 'Failed', cause = :cause, ended_at = clock_timestamp(), moves = moves + 1
                WHERE id = :run RETURNING id, moves)
            INSERT INTO history (run_id, seq, from_state, to_state, cause, node)
            SELECT id, moves, 'NotStarted', 'Failed', :cause, :node FROM moved""";

    private static final long BYTES_AT_ONCE = 4 * 1024 * 1024;

    private final JdbcClient jdbc;
    private final Transactions transactions;
    private final FrozenDefinitions definitions;
    private final Forecaster forecaster;
    private final Node node;

    Runs(
            PlannerSwitches switches,
            Transactions transactions,
            FrozenDefinitions definitions,
            Forecaster forecaster,
            Node node) {
        this.jdbc = switches.jdbc();
        this.transactions = transactions;
        this.definitions = definitions;
        this.forecaster = forecaster;
        this.node = node;
    }

    /**
     * What became of a request for a run.
     *
     * @param id the run of that occurrence
     * @param isNew whether this call made it
     * @param fingerprint the fingerprint of the call that made it
     * @param forecast what it has ahead of it, if it has not ended and the limits of the managed API hold it up
     */
    public record Accepted(
            long id,
            boolean isNew,
            @Nullable String fingerprint,
            @Nullable Forecast forecast) {}

    /**
     * Accepts a run, or finds the one that this occurrence already is. When it returns, the run is durable.
     *
     * @throws dev.bes.orchestrator.definition.TemplateException if a template needs a value that is not there
     * @throws ParametersTooLargeException if the parameters of a scoring are larger than they may be
     */
    public Accepted accept(NewRun run) {
        Accepted accepted = transactions.run(() -> insert(run, run.scorings().size())
                .map(row -> {
                    insertScorings(run, row);
                    return row.accepted(run);
                })
                .orElseGet(() -> existing(run)));
        if (accepted.isNew() && accepted.forecast() != null) {
            Forecasts.log(accepted.id(), accepted.forecast());
        }
        return accepted;
    }

    /** Records a run that could not be made, so that its user finds out why; once per occurrence. */
    public Accepted reject(NewRun run, String cause) {
        return transactions.run(() -> insert(run, 0)
                .map(row -> {
                    jdbc.sql(FAIL)
                            .param("run", row.id())
                            .param("cause", Cause.of(cause))
                            .param("node", node.name())
                            .update();
                    return row.accepted(run);
                })
                .orElseGet(() -> existing(run)));
    }

    private Optional<Row> insert(NewRun run, int scorings) {
        Instant fireTime = run.fireTime();
        Ahead ahead = scorings == 0 ? null : forecaster.ahead(run.definition(), scorings);
        FrozenDefinitions.Frozen frozen = definitions.freeze(run.definition());
        return jdbc.sql(INSERT)
                .param("definition", run.definition().name())
                .param("occurrence", run.occurrence())
                .param("trigger", run.trigger().word())
                .param("fingerprint", run.fingerprint())
                .param("frozen", frozen.hash())
                .param("content", frozen.json())
                .param("parameters", Sets.column(run.parameters()))
                .param("fireTime", fireTime == null ? null : fireTime.atOffset(ZoneOffset.UTC))
                .param("scorings", scorings)
                .param("calls", ahead == null ? null : ahead.calls())
                .param("limits", Sets.column(ahead == null ? null : ahead.limits()))
                .param("inMs", Forecasts.millis(ahead))
                .query((row, n) -> new Row(
                        row.getLong("id"),
                        row.getObject("created_at", OffsetDateTime.class).toInstant(),
                        Sets.value(row, "forecast", Forecast.class)))
                .optional();
    }

    /** In one statement, unless the parameters are so large that all of them at once would not fit into memory. */
    private void insertScorings(NewRun run, Row row) {
        Resolved resolved = new Resolved(run, row.id(), row.createdAt());
        List<Scoring> rows = new ArrayList<>();
        long bytes = 0;
        int position = 0;
        for (Map<String, InputFile> inputs : run.scorings()) {
            Scoring scoring = Scoring.of(++position, inputs, resolved);
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
        jdbc.sql(INSERT_SCORINGS)
                .param("run", row.id())
                .param("endpoint", run.definition().endpoint())
                .param("definition", run.definition().name())
                .param("priority", run.definition().priority())
                .param("rows", Sets.rows(rows))
                .query((ignored, n) -> true)
                .single();
    }

    /** The run that the same occurrence is already; whoever accepted it has committed that by now. */
    private Accepted existing(NewRun run) {
        return jdbc.sql("""
                SELECT id, fingerprint, CASE WHEN ended_at IS NULL THEN forecast END AS forecast FROM run
                WHERE occurrence = :occurrence AND (definition = :definition OR trigger = 'request')""")
                .param("definition", run.definition().name())
                .param("occurrence", run.occurrence())
                .query((row, n) -> new Accepted(
                        row.getLong("id"),
                        false,
                        row.getString("fingerprint"),
                        Sets.value(row, "forecast", Forecast.class)))
                .single();
    }

    private record Row(long id, Instant createdAt, @Nullable Forecast forecast) {
        Accepted accepted(NewRun run) {
            return new Accepted(id, true, run.fingerprint(), forecast);
        }
    }

    private record Scoring(int position, Object inputs, Map<String, String> parameters, String delivery) {
        static Scoring of(int position, Map<String, InputFile> inputs, Resolved resolved) {
            return new Scoring(position, inputs, resolved.parameters(inputs), resolved.delivery(inputs));
        }
    }
}
