package dev.bes.orchestrator.explain;

import dev.bes.orchestrator.definition.Triggers.BusinessDays;
import dev.bes.orchestrator.definition.Triggers.Schedule;
import dev.bes.orchestrator.explain.AskedTime.Span;
import dev.bes.orchestrator.trigger.schedule.SchedulePauses.Pause;
import dev.bes.orchestrator.trigger.schedule.fire.FireRules;
import dev.bes.orchestrator.trigger.schedule.time.PlannedFire;
import dev.bes.orchestrator.trigger.schedule.time.ScheduleTimes;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Why a schedule has no record of a time: what its calculation says.
 *
 * @param definition name of its definition
 * @param pause its pause; null if it is not paused
 * @param begin the first time of which there is a record; null if there is none
 * @param now the time of the question
 */
record UnrecordedTimes(
        String definition,
        Schedule schedule,
        @Nullable Pause pause,
        @Nullable Instant begin,
        Instant now) {
    /** Why nothing is recorded of a time. */
    Cause of(AskedTime asked) {
        NotDue notDue = new NotDue(definition, schedule, now);
        List<Span> spans = asked.in(schedule.zone());
        if (spans.isEmpty()) {
            return notDue.leftOut(asked);
        }
        return spans.stream()
                .flatMap(span -> first(span).map(this::planned).stream())
                .findFirst()
                .orElseGet(() -> notDue.at(spans.getFirst()));
    }

    private Cause planned(PlannedFire fire) {
        Instant time = fire.time();
        String at = "At " + words(time) + " ";
        if (pause != null && !fire.due().isBefore(pause.since())) {
            return paused(pause).after(at + (time.isAfter(now) ? "no run will start, for " : "no run started, for "));
        }
        if (fire.closed() != null) {
            return Cause.of(CauseCode.HOLIDAY, at + "no run starts, for it is no business day: " + fire.closed() + ".");
        }
        if (time.isAfter(now)) {
            String moved = fire.movedFrom() == null ? "" : ", moved from " + fire.movedFrom();
            return Cause.of(CauseCode.PLANNED, at + "a run will start" + moved + ".")
                    .until(fire.due());
        }
        if (fire.due().isAfter(now)) {
            return Cause.of(CauseCode.JITTER, "Its start is delayed to " + words(fire.due()) + " by 'jitter'.")
                    .until(fire.due());
        }
        return isDueSoon(fire)
                ? Cause.of(CauseCode.STARTING, at + "it was due, and a node decides about it within moments.")
                : notRecorded(at);
    }

    private boolean isDueSoon(PlannedFire fire) {
        return !fire.due().plus(FireRules.GRACE).isBefore(now);
    }

    private Cause notRecorded(String at) {
        String record = begin == null
                ? "There is no record of this schedule."
                : "The record of this schedule begins at " + words(begin) + ".";
        return Cause.of(
                CauseCode.NOT_RECORDED,
                at + "nothing is recorded, although the schedule as it is now has a time then. " + record
                        + " It may have been added or changed later, or the record was purged.");
    }

    /** That the schedule is paused, by whom and why. */
    static Cause paused(Pause pause) {
        return Cause.of(CauseCode.PAUSED, "the schedule is " + pause.words() + ".")
                .since(pause.since());
    }

    private Optional<PlannedFire> first(Span span) {
        return new ScheduleTimes(definition, schedule)
                .after(span.from().minusMillis(1))
                .filter(fire -> span.includes(fire.time()));
    }

    /** The same schedule with another calendar and another zone. */
    static Schedule with(Schedule schedule, @Nullable BusinessDays calendar, ZoneId zone) {
        return new Schedule(
                schedule.name(),
                schedule.cron(),
                zone,
                schedule.every(),
                schedule.rule(),
                schedule.start(),
                schedule.end(),
                null,
                null,
                calendar,
                schedule.daylightSaving(),
                null,
                null,
                null);
    }

    private String words(Instant time) {
        return AskedTime.words(time, schedule.zone());
    }
}
