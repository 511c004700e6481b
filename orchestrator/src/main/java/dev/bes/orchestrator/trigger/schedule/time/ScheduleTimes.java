package dev.bes.orchestrator.trigger.schedule.time;

import dev.bes.orchestrator.definition.Triggers.Otherwise;
import dev.bes.orchestrator.definition.Triggers.Schedule;
import dev.bes.orchestrator.text.Sha256;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZonedDateTime;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The fire times of a schedule: its expression, within its start and end, by its calendar. The scheduler and the simulator both
 * take them from here.
 */
public final class ScheduleTimes {
    private final String definition;
    private final Schedule schedule;
    private final Occurrences occurrences;
    private final @Nullable BusinessCalendar calendar;
    private final @Nullable MovedTimes moved;
    private final @Nullable Instant start;
    private final @Nullable Instant end;

    /**
     * The fire times of a schedule.
     *
     * @param definition name of its definition, which only jitter depends on
     * @throws IllegalArgumentException if its expression is invalid
     */
    public ScheduleTimes(String definition, Schedule schedule) {
        this.definition = definition;
        this.schedule = schedule;
        this.occurrences = Occurrences.of(schedule);
        this.start = instant(schedule.start());
        this.end = instant(schedule.end());
        this.calendar = schedule.calendar() == null ? null : new BusinessCalendar(schedule.calendar());
        this.moved = calendar == null || calendar.days().otherwise() == Otherwise.SKIP
                ? null
                : new MovedTimes(occurrences, calendar, schedule.zone(), end);
    }

    /** Why a text is no recurrence rule of RFC 5545; empty if it is one. */
    public static Optional<String> ruleMistake(String rule) {
        return Occurrences.ruleMistake(rule);
    }

    /** The first fire time after an instant, whether a run starts or its day is closed; empty if there is none. */
    public Optional<PlannedFire> after(Instant time) {
        Instant from = start == null || !time.isBefore(start) ? time : start.minusMillis(1);
        Optional<PlannedFire> next = moved == null ? notMovedAfter(from) : moved.after(from);
        return next.filter(this::isNotOver).map(this::jittered);
    }

    /** The fire times after an instant, in order. */
    public Stream<PlannedFire> from(Instant time) {
        return Stream.iterate(after(time), Optional::isPresent, last -> last.flatMap(fire -> after(fire.time())))
                .map(Optional::orElseThrow);
    }

    /** Whether each time of the cron expression is a fire time, at which it is due, so that Quartz can keep it by itself. */
    public boolean isPlainCron() {
        return schedule.cron() != null
                && schedule.daylightSaving() == null
                && schedule.jitter() == null
                && schedule.start() == null
                && schedule.end() == null
                && moved == null
                && (schedule.calendar() == null || schedule.calendar().businessDay() == null);
    }

    private boolean isNotOver(PlannedFire fire) {
        return end == null || !fire.time().isAfter(end);
    }

    private Optional<PlannedFire> notMovedAfter(Instant time) {
        Optional<Instant> next = occurrences.after(time);
        while (next.isPresent() && calendar != null && !calendar.isChosen(date(next.get()))) {
            if (end != null && next.get().isAfter(end)) {
                return Optional.empty();
            }
            next = occurrences.after(next.get());
        }
        return next.map(instant -> new PlannedFire(instant, instant, closed(date(instant)), null));
    }

    private @Nullable String closed(LocalDate day) {
        return calendar == null ? null : calendar.closed(day);
    }

    /** Always the same delay for the same fire time, and never past the next one. */
    private PlannedFire jittered(PlannedFire fire) {
        Duration jitter = schedule.jitter();
        if (jitter == null || jitter.isZero()) {
            return fire;
        }
        Instant next = (moved == null
                        ? occurrences.after(fire.time())
                        : moved.after(fire.time()).map(PlannedFire::time))
                .orElse(Instant.MAX);
        long most = Math.min(
                jitter.toMillis(),
                next.equals(Instant.MAX)
                        ? Long.MAX_VALUE
                        : Duration.between(fire.time(), next).toMillis() - 1);
        String hash = Sha256.of(definition + " " + schedule.name() + " " + fire.time());
        long delay =
                most <= 0 ? 0 : Long.remainderUnsigned(Long.parseUnsignedLong(hash.substring(0, 16), 16), most + 1);
        return new PlannedFire(fire.time(), fire.time().plusMillis(delay), fire.closed(), fire.movedFrom());
    }

    private LocalDate date(Instant time) {
        return LocalDate.ofInstant(time, schedule.zone());
    }

    private @Nullable Instant instant(@Nullable LocalDateTime time) {
        return time == null ? null : ZonedDateTime.of(time, schedule.zone()).toInstant();
    }
}
