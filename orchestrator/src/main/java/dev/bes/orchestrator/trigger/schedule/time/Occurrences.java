package dev.bes.orchestrator.trigger.schedule.time;

import dev.bes.orchestrator.definition.Triggers.DaylightSaving;
import dev.bes.orchestrator.definition.Triggers.Missing;
import dev.bes.orchestrator.definition.Triggers.Repeated;
import dev.bes.orchestrator.definition.Triggers.Schedule;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.Optional;
import java.util.TimeZone;
import net.fortuna.ical4j.model.Recur;
import org.jspecify.annotations.Nullable;
import org.quartz.CronExpression;

/** Times at which something occurs, without an end. */
@FunctionalInterface
interface Occurrences {
    /** The first occurrence after an instant; empty if there is none. */
    Optional<Instant> after(Instant time);

    /**
     * The occurrences of the expression of a schedule, whatever its limits and its calendar say.
     *
     * @throws IllegalArgumentException if the expression is invalid
     */
    static Occurrences of(Schedule schedule) {
        if (schedule.every() != null) {
            return every(schedule.every(), anchor(schedule));
        }
        DaylightSaving changes = schedule.daylightSaving();
        if (schedule.rule() != null && schedule.start() != null) {
            DaylightSaving policy = changes == null ? new DaylightSaving(Missing.LATER, Repeated.FIRST) : changes;
            return new LocalOccurrences(rule(schedule.rule(), schedule.start()), schedule.zone(), policy);
        }
        String cron = schedule.cron();
        if (cron == null) {
            throw new IllegalArgumentException("Schedule " + schedule.name() + " has no expression");
        }
        return changes == null
                ? cron(cron, schedule.zone())
                : new LocalOccurrences(local(cron(cron, ZoneOffset.UTC)), schedule.zone(), changes);
    }

    private static Instant anchor(Schedule schedule) {
        LocalDateTime start = schedule.start();
        return start == null ? Instant.EPOCH : start.atZone(schedule.zone()).toInstant();
    }

    private static Occurrences every(Duration interval, Instant anchor) {
        return time -> {
            if (time.isBefore(anchor)) {
                return Optional.of(anchor);
            }
            long passed = Duration.between(anchor, time).dividedBy(interval);
            return Optional.of(anchor.plus(interval.multipliedBy(passed + 1)));
        };
    }

    private static Occurrences cron(String text, ZoneId zone) {
        CronExpression expression;
        try {
            expression = new CronExpression(CronText.quartz(text));
        } catch (ParseException e) {
            throw new IllegalArgumentException("bad cron expression: " + e.getMessage(), e);
        }
        expression.setTimeZone(TimeZone.getTimeZone(zone));
        return time ->
                Optional.ofNullable(expression.getTimeAfter(Date.from(time))).map(Date::toInstant);
    }

    private static LocalOccurrences.Times local(Occurrences utc) {
        return time -> utc.after(time.toInstant(ZoneOffset.UTC))
                .map(next -> LocalDateTime.ofInstant(next, ZoneOffset.UTC))
                .orElse(null);
    }

    private static LocalOccurrences.Times rule(String text, LocalDateTime first) {
        Recur<LocalDateTime> rule = new Recur<>(text);
        // the library never returns the first time itself from it
        return time -> time.isBefore(first) && startsAt(rule, first) ? first : next(rule, first, time);
    }

    private static boolean startsAt(Recur<LocalDateTime> rule, LocalDateTime first) {
        return rule.getDates(first, first, first.plusSeconds(1)).contains(first);
    }

    private static @Nullable LocalDateTime next(Recur<LocalDateTime> rule, LocalDateTime first, LocalDateTime time) {
        return rule.getNextDate(first, time);
    }

    /** Why a text is no recurrence rule; empty if it is one. */
    static Optional<String> ruleMistake(String text) {
        try {
            rule(text, LocalDateTime.of(2026, 1, 1, 0, 0)).after(LocalDateTime.of(2026, 1, 1, 0, 0));
            return Optional.empty();
        } catch (RuntimeException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }
}
