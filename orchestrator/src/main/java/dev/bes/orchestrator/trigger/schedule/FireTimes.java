package dev.bes.orchestrator.trigger.schedule;

import dev.bes.orchestrator.definition.Triggers.Schedule;
import dev.bes.orchestrator.trigger.schedule.time.CronText;
import dev.bes.orchestrator.trigger.schedule.time.PlannedFire;
import dev.bes.orchestrator.trigger.schedule.time.ScheduleTimes;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.TimeZone;
import org.quartz.CronScheduleBuilder;
import org.quartz.SimpleScheduleBuilder;
import org.quartz.Trigger;
import org.quartz.TriggerBuilder;
import org.quartz.TriggerKey;
import tools.jackson.databind.json.JsonMapper;

/** The fire times of schedules, and their Quartz triggers. */
public final class FireTimes {
    /** The schedule of a trigger that is no cron trigger, as JSON. */
    static final String SCHEDULE = "schedule";

    /** Since when the trigger waits for the schedule, in milliseconds since 1970. */
    static final String SINCE = "since";

    private static final JsonMapper MAPPER = JsonMapper.shared();

    private FireTimes() {}

    /** The first fire time of a cron expression in UTC after an instant; empty if there is none. */
    public static Optional<Instant> after(String cron, Instant time) {
        return after(new Schedule("", cron, ZoneOffset.UTC), time);
    }

    /** The first times after an instant at which runs start, at most {@code limit}. */
    static List<Instant> next(Schedule schedule, Instant from, int limit) {
        return new ScheduleTimes("", schedule)
                .from(from)
                .filter(fire -> fire.closed() == null)
                .limit(limit)
                .map(PlannedFire::time)
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

    /** The first fire time after an instant, on a business day or not; empty if there is none. */
    static Optional<Instant> after(Schedule schedule, Instant time) {
        return new ScheduleTimes("", schedule).after(time).map(PlannedFire::time);
    }

    /** The first time after an instant at which something is due: a fire time with its jitter; empty if there is none. */
    static Optional<Instant> dueAfter(String definition, Schedule schedule, Instant time) {
        Duration jitter = schedule.jitter() == null ? Duration.ZERO : schedule.jitter();
        return new ScheduleTimes(definition, schedule)
                .from(time.minus(jitter))
                .map(PlannedFire::due)
                .filter(due -> due.isAfter(time))
                .findFirst();
    }

    /**
     * The Quartz trigger of a schedule. Quartz keeps the times of a plain cron expression by itself. For any other schedule
     * its trigger fires when the next time is due, and is then replaced; it repeats only in case that fails.
     *
     * @param now from when on the schedule fires
     */
    static Trigger trigger(TriggerKey key, Schedule schedule, Instant now) {
        if (isPlainCron(schedule)) {
            // after an outage: once, now; the ledger says which times were missed
            return TriggerBuilder.newTrigger()
                    .withIdentity(key)
                    .withSchedule(CronScheduleBuilder.cronSchedule(quartz(schedule))
                            .inTimeZone(TimeZone.getTimeZone(schedule.zone()))
                            .withMisfireHandlingInstructionFireAndProceed())
                    .build();
        }
        Instant due = dueAfter(key.getGroup(), schedule, now)
                .orElseThrow(() -> new IllegalArgumentException("Schedule " + key + " never fires again"));
        return TriggerBuilder.newTrigger()
                .withIdentity(key)
                .usingJobData(SCHEDULE, json(schedule))
                .usingJobData(SINCE, String.valueOf(now.toEpochMilli()))
                .startAt(Date.from(due))
                .withSchedule(SimpleScheduleBuilder.repeatMinutelyForever().withMisfireHandlingInstructionFireNow())
                .build();
    }

    static boolean isPlainCron(Schedule schedule) {
        return new ScheduleTimes("", schedule).isPlainCron();
    }

    /** The cron expression of a schedule, as Quartz reads it. */
    public static String quartz(Schedule schedule) {
        try {
            return CronText.quartz(String.valueOf(schedule.cron()));
        } catch (ParseException e) {
            throw new IllegalArgumentException("bad cron expression: " + e.getMessage(), e);
        }
    }

    static String json(Schedule schedule) {
        return MAPPER.writeValueAsString(schedule);
    }

    static Schedule schedule(String json) {
        return MAPPER.readValue(json, Schedule.class);
    }
}
