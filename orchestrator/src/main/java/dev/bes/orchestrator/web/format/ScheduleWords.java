package dev.bes.orchestrator.web.format;

import dev.bes.orchestrator.definition.Triggers.BusinessDays;
import dev.bes.orchestrator.definition.Triggers.Schedule;
import dev.bes.orchestrator.trigger.schedule.FireTimes;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Describes schedules in words: their expression, their calendar, their limits. */
public final class ScheduleWords {
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMM uuuu, HH:mm", Locale.ENGLISH);
    private static final String[] ORDINALS = {"first", "second", "third", "fourth", "fifth"};

    private final CronDescription cron = new CronDescription();

    /**
     * The description; empty if there is no correct one. Never fails.
     *
     * @param now words hold for the times after it
     */
    public Optional<String> of(Schedule schedule, Instant now) {
        return expression(schedule, now).map(words -> words + calendar(schedule.calendar()) + limits(schedule));
    }

    private Optional<String> expression(Schedule schedule, Instant now) {
        LocalDateTime start = schedule.start();
        if (schedule.cron() != null) {
            return cron.of(FireTimes.quartz(schedule), now);
        }
        if (schedule.rule() != null && start != null) {
            return RuleDescription.of(schedule.rule(), start);
        }
        String from = start == null ? "1 Jan 1970, 00:00 UTC" : DAY.format(start);
        return Optional.ofNullable(schedule.every()).map(every -> "every " + length(every) + ", counted from " + from);
    }

    private static String length(Duration time) {
        if (time.toMillisPart() > 0) {
            return time.toMillis() + " milliseconds";
        }
        if (time.toSecondsPart() > 0) {
            return RuleDescription.count(time.toSeconds(), "second");
        }
        return time.toMinutesPart() > 0
                ? RuleDescription.count(time.toMinutes(), "minute")
                : RuleDescription.count(time.toHours(), "hour");
    }

    private static String calendar(@Nullable BusinessDays days) {
        if (days == null) {
            return "";
        }
        Integer ordinal = days.businessDay();
        String only = ordinal == null ? "" : ", only on the " + ordinal(ordinal) + " business day of the month";
        return switch (days.otherwise()) {
            case SKIP -> ordinal == null ? ", only on business days" : only;
            case NEXT -> only + ", on other days at the next business day";
            case PREVIOUS -> only + ", on other days at the business day before";
        };
    }

    static String ordinal(int ordinal) {
        int index = Math.abs(ordinal);
        String word = index <= ORDINALS.length ? ORDINALS[index - 1] : index + "th";
        if (ordinal > 0) {
            return word;
        }
        return index == 1 ? "last" : word + " to last";
    }

    private static String limits(Schedule schedule) {
        boolean counts = schedule.cron() == null;
        String start = counts || schedule.start() == null ? "" : ", from " + DAY.format(schedule.start());
        String end = schedule.end() == null ? "" : ", until " + DAY.format(schedule.end());
        String jitter = schedule.jitter() == null || schedule.jitter().isZero()
                ? ""
                : ", up to " + length(schedule.jitter()) + " later";
        return start + end + jitter;
    }
}
