package dev.bes.orchestrator.explain;

import dev.bes.orchestrator.definition.DefinitionScope;
import dev.bes.orchestrator.definition.Triggers.Schedule;
import dev.bes.orchestrator.explain.Cause.Kind;
import dev.bes.orchestrator.trigger.schedule.SchedulePauses.Pause;
import dev.bes.orchestrator.trigger.schedule.SchedulePauses.ScheduleKey;
import dev.bes.orchestrator.trigger.schedule.fire.FireDecision.Outcome;
import dev.bes.orchestrator.trigger.schedule.fire.FireFilter;
import dev.bes.orchestrator.trigger.schedule.fire.FireFilter.Order;
import dev.bes.orchestrator.trigger.schedule.fire.FireReader;
import dev.bes.orchestrator.trigger.schedule.fire.RecordedFire;
import dev.bes.orchestrator.trigger.schedule.time.PlannedFire;
import dev.bes.orchestrator.trigger.schedule.time.ScheduleTimes;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What became of fire times, as it is recorded, and when the next one is. */
@Component
class FireCauses {
    private static final Pattern RUN = Pattern.compile("^run (\\d{1,18}) was ");

    private final FireReader fires;
    private final InstantSource clock;

    FireCauses(FireReader fires, InstantSource clock) {
        this.fires = fires;
        this.clock = clock;
    }

    /** What a schedule does next, and what became of its last fire time unless that started a run in time. */
    List<Cause> now(String definition, Schedule schedule, Map<ScheduleKey, Pause> paused) {
        List<Cause> causes = new ArrayList<>();
        String name = "Schedule %s: ".formatted(schedule.name());
        Pause pause = paused.get(new ScheduleKey(definition, schedule.name()));
        Optional<PlannedFire> next = new ScheduleTimes(definition, schedule)
                .from(clock.instant())
                .filter(fire -> fire.closed() == null)
                .findFirst();
        if (pause != null) {
            causes.add(UnrecordedTimes.paused(pause).after(name));
        } else if (next.isEmpty()) {
            causes.add(Cause.of(CauseCode.OUTSIDE_DATES, name + "it never fires again."));
        } else {
            causes.add(Cause.of(
                            CauseCode.PLANNED,
                            name + "it fires next at "
                                    + AskedTime.words(next.get().time(), schedule.zone()) + ".")
                    .until(next.get().due()));
        }
        FireFilter its = new FireFilter(DefinitionScope.ALL, definition, schedule.name(), null, null, null);
        fires.list(its, new Order(true, null), 1).stream()
                .filter(fire -> fire.decision().outcome() != Outcome.STARTED)
                .map(fire -> of(fire, schedule.zone()).after(name))
                .forEach(causes::add);
        return causes.stream()
                .map(cause -> cause.about(Kind.SCHEDULE, definition + "/" + schedule.name()))
                .toList();
    }

    /** What became of a fire time. */
    static Cause of(RecordedFire fire, ZoneId zone) {
        String at = "At " + AskedTime.words(fire.decision().time(), zone) + " ";
        String reason = fire.decision().reason();
        String why = reason == null ? "" : ": " + reason;
        Cause cause = switch (fire.decision().outcome()) {
            case STARTED -> Cause.of(CauseCode.STARTED, at + "run " + fire.run() + " started" + why + ".");
            case STARTING -> Cause.of(CauseCode.STARTING, at + "a run was to start, and is not accepted yet.");
            case QUEUED ->
                Cause.of(CauseCode.QUEUED, at + "a run was queued until the earlier ones have ended" + why + ".");
            case REJECTED -> Cause.of(CauseCode.REJECTED, at + "run " + fire.run() + " failed at once" + why + ".");
            case CLOSED -> Cause.of(CauseCode.HOLIDAY, at + "no run started, for it was no business day" + why + ".");
            case PAUSED -> Cause.of(CauseCode.PAUSED, at + "no run started, for the schedule was " + reason + ".");
            case MISSED -> Cause.of(CauseCode.MISSED, at + "no run started" + why + ".");
            case OVERLAPPED ->
                Cause.of(CauseCode.OVERLAP, at + "no run started, for an earlier one was not over" + why + ".");
        };
        return cause.since(fire.decidedAt())
                .about(Kind.RUN, fire.run())
                .about(Kind.RUN, earlier(reason))
                .about(Kind.FIRES, fire.definition() + "/" + fire.schedule());
    }

    /** The earlier run that the record names; null if it names none. */
    private static @Nullable String earlier(@Nullable String reason) {
        Matcher run = RUN.matcher(reason == null ? "" : reason);
        return run.find() ? run.group(1) : null;
    }
}
