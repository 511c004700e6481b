package dev.bes.orchestrator.explain;

import dev.bes.orchestrator.definition.Triggers.BusinessDays;
import dev.bes.orchestrator.definition.Triggers.Otherwise;
import dev.bes.orchestrator.definition.Triggers.Schedule;
import dev.bes.orchestrator.explain.AskedTime.Span;
import dev.bes.orchestrator.explain.Cause.Kind;
import dev.bes.orchestrator.trigger.schedule.time.PlannedFire;
import dev.bes.orchestrator.trigger.schedule.time.ScheduleTimes;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Why a schedule has no time then: its dates, its calendar, a change of clocks, or its expression.
 *
 * @param definition name of its definition
 * @param now the time of the question
 */
record NotDue(String definition, Schedule schedule, Instant now) {
    private static final Duration LONGEST_MOVE = Duration.ofDays(32);
    private static final int MOST_TIMES = 20_000;

    /** Why it has no time in a span. */
    Cause at(Span span) {
        Instant start = instant(schedule.start());
        Instant end = instant(schedule.end());
        if (start != null && !span.to().isAfter(start)) {
            return Cause.of(CauseCode.OUTSIDE_DATES, "The schedule begins at " + words(start) + " ('start').")
                    .until(start);
        }
        if (end != null && span.from().isAfter(end)) {
            return Cause.of(CauseCode.OUTSIDE_DATES, "The schedule ended at " + words(end) + " ('end').")
                    .since(end);
        }
        return calendar(span).or(() -> repeated(span)).orElseGet(() -> notDue(span.from()));
    }

    private Cause notDue(Instant time) {
        Optional<PlannedFire> next = new ScheduleTimes(definition, schedule).after(time);
        String then = next.map(fire -> " The next one is " + words(fire.time()) + ".")
                .orElse(" It never fires again after that.");
        return Cause.of(
                        next.isEmpty() ? CauseCode.OUTSIDE_DATES : CauseCode.NOT_DUE,
                        "'%s' in %s has no time then.%s".formatted(schedule.expression(), schedule.zone(), then))
                .until(next.map(PlannedFire::time).filter(now::isBefore).orElse(null));
    }

    /** Why the calendar has no time then, although the expression has one. */
    private Optional<Cause> calendar(Span span) {
        BusinessDays days = schedule.calendar();
        Optional<PlannedFire> without = first(UnrecordedTimes.with(schedule, null, schedule.zone()), span);
        if (days == null || without.isEmpty()) {
            return Optional.empty();
        }
        LocalDate day = LocalDate.ofInstant(without.get().time(), schedule.zone());
        if (days.otherwise() != Otherwise.SKIP) {
            return new ScheduleTimes(definition, schedule)
                    .from(span.from().minus(LONGEST_MOVE))
                    .limit(MOST_TIMES)
                    .takeWhile(fire -> fire.time().isBefore(span.to().plus(LONGEST_MOVE)))
                    .filter(fire -> day.equals(fire.movedFrom()))
                    .findFirst()
                    .map(fire -> Cause.of(
                                    CauseCode.MOVED,
                                    "Its time on %s is moved to %s, for that day is no business day ('on-closed')."
                                            .formatted(day, words(fire.time())))
                            .about(Kind.FIRES, definition + "/" + schedule.name()))
                    .or(() -> otherDay(days));
        }
        return otherDay(days);
    }

    private static Optional<Cause> otherDay(BusinessDays days) {
        return Optional.ofNullable(days.businessDay())
                .map(ordinal -> Cause.of(
                        CauseCode.OTHER_BUSINESS_DAY,
                        "Of each month only business day %d counts ('business-day'), and it is another day."
                                .formatted(ordinal)));
    }

    /** That clocks leave the time out, if the schedule would have it. */
    Cause leftOut(AskedTime asked) {
        Instant change = asked.local().atZone(schedule.zone()).toInstant();
        boolean wouldFire = schedule.every() == null
                && asked.in(ZoneOffset.UTC).stream()
                        .anyMatch(
                                span -> first(UnrecordedTimes.with(schedule, schedule.calendar(), ZoneOffset.UTC), span)
                                        .isPresent());
        String next = new ScheduleTimes(definition, schedule)
                .after(change.minusMillis(1))
                .map(fire -> " The next one is " + words(fire.time()) + ".")
                .orElse("");
        return wouldFire
                ? Cause.of(
                        CauseCode.CLOCK_CHANGE,
                        "Clocks in %s leave out %s on %s ('daylight-saving', 'missing').%s"
                                .formatted(
                                        schedule.zone(),
                                        asked.local().toLocalTime(),
                                        asked.local().toLocalDate(),
                                        next))
                : notDue(change);
    }

    /** That the schedule starts at the other one of two times that clocks show alike. */
    private Optional<Cause> repeated(Span span) {
        ZoneId zone = schedule.zone();
        LocalDateTime local = LocalDateTime.ofInstant(span.from(), zone);
        Duration length = Duration.between(span.from(), span.to());
        return zone.getRules().getValidOffsets(local).stream()
                .map(offset -> local.toInstant(offset))
                .filter(other -> !other.equals(span.from()))
                .flatMap(other -> first(schedule, new Span(other, other.plus(length))).stream())
                .findFirst()
                .map(fire -> Cause.of(
                        CauseCode.CLOCK_CHANGE,
                        "Clocks in %s show this time twice; the schedule starts at %s ('daylight-saving', 'repeated')."
                                .formatted(zone, words(fire.time()))));
    }

    private Optional<PlannedFire> first(Schedule of, Span span) {
        return new ScheduleTimes(definition, of)
                .after(span.from().minusMillis(1))
                .filter(fire -> span.includes(fire.time()));
    }

    private @Nullable Instant instant(@Nullable LocalDateTime time) {
        return time == null ? null : time.atZone(schedule.zone()).toInstant();
    }

    private String words(Instant time) {
        return AskedTime.words(time, schedule.zone());
    }
}
