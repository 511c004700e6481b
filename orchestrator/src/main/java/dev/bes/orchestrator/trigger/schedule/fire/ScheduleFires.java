package dev.bes.orchestrator.trigger.schedule.fire;

import dev.bes.orchestrator.database.transaction.Transactions;
import dev.bes.orchestrator.definition.Definition;
import dev.bes.orchestrator.definition.Triggers.Overlap;
import dev.bes.orchestrator.definition.Triggers.Schedule;
import dev.bes.orchestrator.definition.template.TemplateException;
import dev.bes.orchestrator.run.Actor;
import dev.bes.orchestrator.run.acceptance.NewRun;
import dev.bes.orchestrator.run.acceptance.ParametersTooLargeException;
import dev.bes.orchestrator.run.acceptance.RunAcceptance;
import dev.bes.orchestrator.run.command.Cancellation;
import dev.bes.orchestrator.run.query.ScheduleRuns;
import dev.bes.orchestrator.trigger.InputFiles;
import dev.bes.orchestrator.trigger.RunRefusedException;
import dev.bes.orchestrator.trigger.schedule.fire.FireDecision.Outcome;
import dev.bes.orchestrator.trigger.schedule.time.PlannedFire;
import dev.bes.orchestrator.trigger.schedule.time.ScheduleTimes;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Decides about the due fire times of schedules, records each decision, and starts the runs. A decision is committed before its
 * run is accepted: what a node leaves in between is started by another one.
 */
@Component
public class ScheduleFires {
    private static final Duration GONE = Duration.ofHours(1);

    private final FireLedger ledger;
    private final RecordedFires recorded;
    private final ScheduleRuns runs;
    private final InputFiles inputFiles;
    private final RunAcceptance acceptance;
    private final Cancellation cancellation;
    private final Transactions transactions;

    public ScheduleFires(
            FireLedger ledger,
            RecordedFires recorded,
            ScheduleRuns runs,
            InputFiles inputFiles,
            RunAcceptance acceptance,
            Cancellation cancellation,
            Transactions transactions) {
        this.ledger = ledger;
        this.recorded = recorded;
        this.runs = runs;
        this.inputFiles = inputFiles;
        this.acceptance = acceptance;
        this.cancellation = cancellation;
        this.transactions = transactions;
    }

    /**
     * A span of time in which fire times are due.
     *
     * @param since times that were due until then are not looked at
     * @param previous the last fire time about which was decided, if the ledger knows of none
     * @param until the last due time
     */
    public record Span(Instant since, Instant previous, Instant until) {}

    /**
     * Handles all fire times that are due and about which was not decided yet.
     *
     * @param span which times
     */
    public void fire(Definition definition, Schedule schedule, Span span) {
        ScheduleTimes times = new ScheduleTimes(definition.name(), schedule);
        List<FireDecision> starts = transactions.run(() -> plan(definition.name(), schedule, times, span));
        starts.forEach(start -> start(definition, schedule, start));
    }

    /**
     * Decides about all fire times that are due, and records it. Another method starts the runs.
     *
     * @param times the fire times, which may be those before a change of the schedule
     */
    public List<FireDecision> plan(String definition, Schedule schedule, ScheduleTimes times, Span span) {
        ledger.lock(definition, schedule.name());
        String pause = ledger.pause(definition, schedule.name());
        List<FireDecision> starts = new ArrayList<>(record(
                definition,
                schedule,
                FireRules.decide(schedule, due(definition, schedule, times, span), ledger.now(), pause)));
        // the times of a node that fired it before and has not come to its run
        recorded.find(definition, schedule.name(), span.until())
                .map(RecordedFire::decision)
                .filter(found -> found.outcome() == Outcome.STARTING && !starts.contains(found))
                .ifPresent(starts::add);
        return starts;
    }

    /**
     * Decides about the times at which a schedule was paused, and records it.
     *
     * @param since when it was paused
     * @param until when it was resumed
     * @param pause who paused it and why, in words
     */
    public void planPaused(String definition, Schedule schedule, Instant since, Instant until, String pause) {
        ledger.lock(definition, schedule.name());
        ScheduleTimes times = new ScheduleTimes(definition, schedule);
        List<PlannedFire> fires = due(definition, schedule, times, new Span(since, since, until));
        record(definition, schedule, FireRules.decide(schedule, fires, ledger.now(), pause));
    }

    private List<PlannedFire> due(String definition, Schedule schedule, ScheduleTimes times, Span span) {
        Instant since = span.since();
        Instant until = span.until();
        Instant decided = recorded.last(definition, schedule.name()).orElse(span.previous());
        Instant earliest = since.minus(schedule.jitter() == null ? Duration.ofMillis(1) : schedule.jitter());
        ArrayDeque<PlannedFire> due = DueFires.last(times::from, decided.isAfter(earliest) ? decided : earliest, span);
        // a clock that was put back fires an earlier time again; if that had no decision yet, it gets one
        if (due.stream().noneMatch(fire -> fire.time().equals(until))
                && recorded.find(definition, schedule.name(), until).isEmpty()) {
            times.after(until.minusMillis(1))
                    .filter(fire -> fire.time().equals(until) && fire.due().equals(until))
                    .ifPresent(due::addLast);
        }
        return List.copyOf(due);
    }

    private List<FireDecision> record(String definition, Schedule schedule, List<FireDecision> decisions) {
        List<FireDecision> last = new ArrayList<>();
        String unfinished = isOverlapAllowed(schedule) ? null : unfinished(definition, schedule);
        for (FireDecision decision : decisions) {
            FireDecision overlapped = FireRules.overlapped(schedule, decision, unfinished);
            last.add(overlapped);
            if (overlapped.outcome() == Outcome.STARTING && !isOverlapAllowed(schedule)) {
                unfinished = "the run for " + overlapped.time();
            }
        }
        if (!last.isEmpty()) {
            ledger.add(definition, schedule.name(), last);
        }
        return last.stream().filter(fire -> fire.outcome() == Outcome.STARTING).toList();
    }

    private static boolean isOverlapAllowed(Schedule schedule) {
        return schedule.overlap() == null || schedule.overlap() == Overlap.ALLOW;
    }

    private @Nullable String unfinished(String definition, Schedule schedule) {
        List<Long> unfinished = runs.unfinished(definition, schedule.name());
        return unfinished.isEmpty() ? recorded.waiting(definition, schedule.name()) : "run " + unfinished.getLast();
    }

    private void start(Definition definition, Schedule schedule, FireDecision start) {
        if (schedule.overlap() == Overlap.CANCEL_PREVIOUS) {
            Actor by = Actor.schedule(schedule.name());
            runs.unfinished(definition.name(), schedule.name()).forEach(run -> cancellation.cancel(run, by));
        }
        Map<String, String> parameters =
                Optional.ofNullable(schedule.parameters()).orElse(Map.of());
        NewRun run =
                NewRun.scheduled(definition, schedule.name(), start.time(), schedule.zone(), parameters, List.of());
        try {
            long id = acceptance
                    .accept(run.with(inputFiles.scorings(definition, Map.of(), run.values())))
                    .id();
            ledger.change(definition.name(), schedule.name(), start.with(Outcome.STARTED, start.reason()), id);
        } catch (RunRefusedException.NoInput
                | TemplateException
                | ParametersTooLargeException
                | UncheckedIOException e) {
            String reason = String.valueOf(e.getMessage());
            long id = acceptance.reject(run, reason).id();
            ledger.change(definition.name(), schedule.name(), start.with(Outcome.REJECTED, reason), id);
        }
    }

    /**
     * Starts a pending run, if it may start now.
     *
     * @param definition its definition; null if there is none any more
     * @param schedule its schedule; null if there is none any more
     */
    void resume(RecordedFire pending, @Nullable Definition definition, @Nullable Schedule schedule) {
        if (definition == null || schedule == null) {
            // another node may know it, while definitions are being replaced
            if (pending.decidedAt().plus(GONE).isAfter(ledger.now())) {
                return;
            }
            FireDecision gone =
                    pending.decision().with(Outcome.MISSED, "the schedule was removed while the run waited");
            ledger.change(pending.definition(), pending.schedule(), gone, null);
        } else if (transactions.run(() -> mayStart(pending))) {
            start(definition, schedule, pending.decision());
        }
    }

    private boolean mayStart(RecordedFire pending) {
        if (pending.decision().outcome() == Outcome.STARTING) {
            return true;
        }
        ledger.lock(pending.definition(), pending.schedule());
        boolean free = runs.unfinished(pending.definition(), pending.schedule()).isEmpty();
        Optional<RecordedFire> now = recorded.find(
                pending.definition(), pending.schedule(), pending.decision().time());
        if (!free
                || now.filter(entry -> entry.decision().outcome() == Outcome.QUEUED)
                        .isEmpty()) {
            return false;
        }
        FireDecision starting =
                pending.decision().with(Outcome.STARTING, pending.decision().reason());
        ledger.change(pending.definition(), pending.schedule(), starting, null);
        return true;
    }
}
