package dev.bes.orchestrator.trigger.schedule;

import dev.bes.orchestrator.definition.Triggers.Schedule;
import dev.bes.orchestrator.trigger.schedule.fire.ScheduleFires;
import dev.bes.orchestrator.trigger.schedule.fire.ScheduleFires.Span;
import dev.bes.orchestrator.trigger.schedule.time.ScheduleTimes;
import java.time.Instant;
import java.util.Date;
import org.quartz.CronTrigger;
import org.quartz.Trigger;

/** The trigger that Quartz keeps for a schedule, made for what the schedule was when it was last written. */
record KnownTrigger(Trigger trigger) {

    /** Whether it was made for the schedule as it is now. */
    boolean isFor(Schedule schedule) {
        if (!FireTimes.isPlainCron(schedule)) {
            return FireTimes.json(schedule).equals(trigger.getJobDataMap().getString(FireTimes.SCHEDULE));
        }
        return trigger instanceof CronTrigger cron
                && cron.getCronExpression().equals(FireTimes.quartz(schedule))
                && cron.getTimeZone().toZoneId().equals(schedule.zone());
    }

    /**
     * Decides about the times that were due before the schedule changed, so that the change loses none.
     *
     * @param changed the schedule as it is now, whose policies hold for these times too
     */
    void planBeforeChange(ScheduleFires fires, Schedule changed, Instant now) {
        String definition = trigger.getKey().getGroup();
        String json = trigger.getJobDataMap().getString(FireTimes.SCHEDULE);
        if (trigger instanceof CronTrigger cron) {
            Schedule before = new Schedule(
                    changed.name(), cron.getCronExpression(), cron.getTimeZone().toZoneId());
            Date previous = cron.getPreviousFireTime();
            Span span = new Span(
                    cron.getStartTime().toInstant().minusMillis(1),
                    previous == null ? Instant.MIN : previous.toInstant(),
                    now);
            fires.plan(definition, changed, new ScheduleTimes(definition, before), span);
        } else if (json != null) {
            Instant since =
                    Instant.ofEpochMilli(Long.parseLong(trigger.getJobDataMap().getString(FireTimes.SINCE)));
            ScheduleTimes times = new ScheduleTimes(definition, FireTimes.schedule(json));
            fires.plan(definition, changed, times, new Span(since, Instant.MIN, now));
        }
    }
}
