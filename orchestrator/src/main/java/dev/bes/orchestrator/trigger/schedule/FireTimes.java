package dev.bes.orchestrator.trigger.schedule;

import dev.bes.orchestrator.definition.Triggers.Schedule;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.TimeZone;
import java.util.stream.Stream;
import org.quartz.CronScheduleBuilder;
import org.quartz.CronTrigger;
import org.quartz.TriggerBuilder;
import org.quartz.TriggerKey;
import org.quartz.impl.triggers.CronTriggerImpl;

/** Calculates the fire times of schedules with Quartz, and builds their Quartz triggers. */
public final class FireTimes {
    private FireTimes() {}

    /** The first fire time of a cron expression in UTC after an instant; empty if there is none. */
    public static Optional<Instant> after(String cron, Instant time) {
        return after(new Schedule("", cron, ZoneOffset.UTC), time);
    }

    /** The first fire times after an instant, at most {@code limit}. */
    static List<Instant> next(Schedule schedule, Instant from, int limit) {
        return Stream.iterate(after(schedule, from), Optional::isPresent, last -> last.flatMap(t -> after(schedule, t)))
                .limit(limit)
                .map(Optional::orElseThrow)
                .toList();
    }

    /**
     * The last fire time before an instant, of a schedule that has none after it; empty if it still fires or has not fired
     * since 1970. Found by binary search: before the last fire time there is a next one, from it on there is none.
     */
    static Optional<Instant> last(Schedule schedule, Instant before) {
        long with = 0;
        long without = before.getEpochSecond();
        if (after(schedule, Instant.EPOCH).isEmpty() || after(schedule, before).isPresent()) {
            return Optional.empty();
        }
        while (without - with > 1) {
            long middle = with + (without - with) / 2;
            if (after(schedule, Instant.ofEpochSecond(middle)).isPresent()) {
                with = middle;
            } else {
                without = middle;
            }
        }
        return after(schedule, Instant.ofEpochSecond(with));
    }

    /** The first fire time after an instant; empty if there is none. */
    static Optional<Instant> after(Schedule schedule, Instant time) {
        CronTriggerImpl trigger = (CronTriggerImpl) trigger(TriggerKey.triggerKey("preview"), schedule);
        trigger.setStartTime(Date.from(time));
        return Optional.ofNullable(trigger.getFireTimeAfter(Date.from(time))).map(Date::toInstant);
    }

    /** The Quartz trigger of a schedule. */
    static CronTrigger trigger(TriggerKey key, Schedule schedule) {
        // after an outage: once, now, instead of not at all; the run's key keeps a double fire harmless
        return TriggerBuilder.newTrigger()
                .withIdentity(key)
                .withSchedule(CronScheduleBuilder.cronSchedule(schedule.cron())
                        .inTimeZone(TimeZone.getTimeZone(schedule.zone()))
                        .withMisfireHandlingInstructionFireAndProceed())
                .build();
    }
}
