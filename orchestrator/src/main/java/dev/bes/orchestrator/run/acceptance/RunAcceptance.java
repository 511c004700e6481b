package dev.bes.orchestrator.run.acceptance;

import dev.bes.orchestrator.audit.Requester;
import dev.bes.orchestrator.database.PlannerSwitches;
import dev.bes.orchestrator.database.transaction.SharedTransactions;
import dev.bes.orchestrator.database.transaction.Transactions;
import dev.bes.orchestrator.run.Actor;
import dev.bes.orchestrator.run.CauseText;
import dev.bes.orchestrator.run.InputSource;
import dev.bes.orchestrator.run.State;
import dev.bes.orchestrator.run.claim.FrozenDefinitions;
import dev.bes.orchestrator.run.claim.InputContents;
import dev.bes.orchestrator.run.forecast.CallForecast;
import dev.bes.orchestrator.run.forecast.CallForecaster;
import dev.bes.orchestrator.run.forecast.CallForecasts;
import dev.bes.orchestrator.run.journal.RunJournal;
import dev.bes.orchestrator.run.meter.RunMeters;
import dev.bes.orchestrator.run.trace.RunTraces;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Accepts runs, and scorings added to them. Triggers write by this class only. */
@Component
public class RunAcceptance {
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

    private final Transactions transactions;
    private final RunRows runs;
    private final ScoringRows scorings;
    private final RunJournal journal;
    private final RunMeters meters;
    private final RunTraces traces;
    private final RunSets sets;
    private final SharedTransactions<RunRows.Entry, Accepted> group;

    public RunAcceptance(
            PlannerSwitches switches,
            Transactions transactions,
            FrozenDefinitions definitions,
            CallForecaster callForecaster,
            RunJournal journal,
            RunMeters meters,
            RunTraces traces,
            InputContents contents) {
        JdbcClient jdbc = switches.jdbc();
        this.transactions = transactions;
        this.runs = new RunRows(jdbc, journal, definitions, callForecaster);
        this.scorings = new ScoringRows(jdbc);
        RunSets together = new RunSets(transactions, runs, scorings, contents);
        this.sets = together;
        this.group =
                new SharedTransactions<>(together::accept, entry -> entry.run().occurrence());
        this.journal = journal;
        this.meters = meters;
        this.traces = traces;
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
     * Accepts a run, or finds the one that this occurrence already is. When it returns, the run is durable, unless a transaction
     * of the caller is under way.
     *
     * @throws dev.bes.orchestrator.definition.template.TemplateException if a template has no value
     * @throws ParametersTooLargeException if the parameters of a scoring are larger than they may be
     */
    public Accepted accept(NewRun run) {
        return accept(run, entry -> sets.accept(List.of(entry)).getFirst());
    }

    /**
     * Accepts a run in one transaction with those that others ask for at the same moment. Not for callers with a transaction of
     * their own. When it returns, the run is durable.
     *
     * @throws dev.bes.orchestrator.definition.template.TemplateException if a template has no value
     * @throws ParametersTooLargeException if the parameters of a scoring are larger than they may be
     */
    public Accepted acceptWithOthers(NewRun run) {
        return accept(run, group::run);
    }

    private Accepted accept(NewRun run, Function<RunRows.Entry, Accepted> commit) {
        Accepted accepted =
                traces.accept(trace -> commit.apply(entry(run, run.scorings().size(), trace)), Accepted::id);
        count(run, accepted);
        return accepted;
    }

    /**
     * Accepts runs together, or finds those that are there; their ids are in this order. Otherwise as {@link #accept(NewRun)}: if
     * one of them can't be accepted, none is.
     *
     * @param runs no two of the same definition and occurrence
     * @return the results in the same order
     */
    public List<Accepted> accept(List<NewRun> runs) {
        List<Accepted> accepted = traces.acceptAll(
                runs.size(),
                contexts -> sets.accept(IntStream.range(0, runs.size())
                        .mapToObj(i -> entry(
                                runs.get(i),
                                runs.get(i).scorings().size(),
                                contexts.isEmpty() ? null : contexts.get(i)))
                        .toList()),
                Accepted::id);
        for (int i = 0; i < runs.size(); i++) {
            count(runs.get(i), accepted.get(i));
        }
        return accepted;
    }

    private void count(NewRun run, Accepted accepted) {
        if (accepted.isNew()) {
            meters.accepted(run.definition().name(), run.trigger());
        }
        if (accepted.isNew() && accepted.forecast() != null) {
            CallForecasts.log(accepted.id(), accepted.forecast());
        }
    }

    private static RunRows.Entry entry(NewRun run, int scorings, @Nullable String trace) {
        Actor by = run.by();
        return new RunRows.Entry(
                run,
                scorings,
                trace,
                by.kind() == Actor.Kind.REQUEST
                        ? Requester.current(Actor.user(by.name()).toString())
                        : null);
    }

    /** Records a run that could not be accepted as Failed with its cause, once per occurrence. */
    public Accepted reject(NewRun run, String cause) {
        Accepted rejected = transactions.run(() -> {
            RunRows.Entry entry = entry(run, 0, null);
            RunRows.Inserted row = runs.insert(List.of(entry)).get(entry.key());
            if (row == null) {
                return existing(run.definition().name(), run.occurrence());
            }
            journal.ofRuns(FAIL, journal.self())
                    .param("run", row.id())
                    .param("cause", CauseText.of(cause))
                    .update();
            return new Accepted(row.id(), true, run.fingerprint(), row.forecast());
        });
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
            String endpoint,
            Map<String, ? extends InputSource> inputs,
            Map<String, String> parameters,
            String delivery) {}

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
                : OptionalInt.of(scorings.add(run, scoring)));
    }

    /** The existing run of the same occurrence, of any definition if it is null: the transaction that accepted it has committed by now. */
    public Accepted existing(@Nullable String definition, String occurrence) {
        return runs.existing(definition, occurrence);
    }
}
