package dev.bes.orchestrator.trigger.schedule;

import dev.bes.orchestrator.definition.Definition;
import dev.bes.orchestrator.definition.Definitions;
import dev.bes.orchestrator.definition.Triggers.Schedule;
import dev.bes.orchestrator.trigger.schedule.fire.ScheduleFires;
import dev.bes.orchestrator.trigger.schedule.fire.ScheduleFires.Span;
import dev.bes.orchestrator.trigger.schedule.time.ScheduleTimes;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.quartz.CronTrigger;
import org.quartz.JobBuilder;
import org.quartz.JobDetail;
import org.quartz.JobKey;
import org.quartz.JobPersistenceException;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.SchedulerMetaData;
import org.quartz.Trigger;
import org.quartz.TriggerKey;
import org.quartz.impl.jdbcjobstore.JobStoreSupport;
import org.quartz.impl.matchers.GroupMatcher;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Writes the schedules of the definitions to Quartz. */
@Component
public class Schedules implements ApplicationRunner {
    private static final Logger LOG = LoggerFactory.getLogger(Schedules.class);

    private final Scheduler scheduler;
    private final Definitions definitions;
    private final SchedulePauses pauses;
    private final ScheduleFires fires;
    private final InstantSource clock;

    Schedules(
            Scheduler scheduler,
            Definitions definitions,
            SchedulePauses pauses,
            ScheduleFires fires,
            InstantSource clock) {
        this.scheduler = scheduler;
        this.definitions = definitions;
        this.pauses = pauses;
        this.fires = fires;
        this.clock = clock;
    }

    /** The next fire times of a schedule, at most {@code limit}. */
    public List<Instant> next(Schedule schedule, int limit) {
        return FireTimes.next(schedule, clock.instant(), limit);
    }

    /**
     * Adds, changes and removes triggers so that Quartz matches the definitions. Unchanged triggers are kept as they are. A
     * schedule that never fires again is left out.
     */
    @Override
    @Transactional
    public void run(ApplicationArguments args) throws SchedulerException {
        requireClusteredStore();
        Set<JobKey> wanted = new HashSet<>();
        for (Definition definition : definitions.all()) {
            for (Schedule schedule : definition.triggers().schedules()) {
                JobKey key = JobKey.jobKey(schedule.name(), definition.name());
                if (put(key, schedule)) {
                    wanted.add(key);
                }
            }
        }
        for (JobKey key : scheduler.getJobKeys(GroupMatcher.anyJobGroup())) {
            if (!wanted.contains(key)) {
                scheduler.deleteJob(key);
            }
        }
    }

    /** Without a cluster every node would fire every schedule. Without the database missed fires would be lost. */
    private void requireClusteredStore() throws SchedulerException {
        SchedulerMetaData quartz = scheduler.getMetaData();
        if (!quartz.isJobStoreClustered() || !JobStoreSupport.class.isAssignableFrom(quartz.getJobStoreClass())) {
            throw new IllegalStateException(
                    "Quartz must keep its triggers in the database, shared by all nodes (clustered JDBC job store): remove the changed"
                            + " spring.quartz.* settings");
        }
    }

    /** Returns whether Quartz may contain the schedule, in whatever state. */
    private boolean put(JobKey jobKey, Schedule schedule) throws SchedulerException {
        TriggerKey key = TriggerKey.triggerKey(jobKey.getName(), jobKey.getGroup());
        Trigger known = scheduler.getTrigger(key);
        if (known != null && same(known, schedule)) {
            // also one that has ended: Quartz may still have to fire a missed last time
            return true;
        }
        Instant now = clock.instant();
        if (FireTimes.dueAfter(jobKey.getGroup(), schedule, now).isEmpty()) {
            LOG.warn(
                    "Schedule {} never fires again and is left out: {} in {}",
                    jobKey,
                    schedule.expression(),
                    schedule.zone());
            // a job without a trigger only waits for the recovery of its last fire; then Quartz removes it
            return known == null;
        }
        if (known != null) {
            planBeforeChange(known, schedule, now);
        }
        scheduler.deleteJob(jobKey);
        try {
            scheduler.scheduleJob(job(jobKey), FireTimes.trigger(key, schedule, now));
            pauses.keep(jobKey);
            return true;
        } catch (JobPersistenceException e) {
            throw e;
        } catch (SchedulerException | IllegalArgumentException e) {
            LOG.warn("Schedule {} is left out: Quartz rejects {}: {}", jobKey, schedule.expression(), e.getMessage());
            return false;
        }
    }

    private static boolean same(Trigger known, Schedule schedule) {
        if (!FireTimes.isPlainCron(schedule)) {
            return FireTimes.json(schedule).equals(known.getJobDataMap().getString(FireTimes.SCHEDULE));
        }
        return known instanceof CronTrigger cron
                && cron.getCronExpression().equals(FireTimes.quartz(schedule))
                && cron.getTimeZone().toZoneId().equals(schedule.zone());
    }

    /** Decides about the times that were due before a schedule changed, so that the change loses none. */
    private void planBeforeChange(Trigger known, Schedule schedule, Instant now) {
        String json = known.getJobDataMap().getString(FireTimes.SCHEDULE);
        Date previous = known.getPreviousFireTime();
        Instant from = previous == null ? Instant.MIN : previous.toInstant();
        String definition = known.getKey().getGroup();
        if (known instanceof CronTrigger cron) {
            Schedule before = new Schedule(
                    schedule.name(),
                    cron.getCronExpression(),
                    cron.getTimeZone().toZoneId());
            Span span = new Span(cron.getStartTime().toInstant().minusMillis(1), from, now);
            fires.plan(definition, schedule, new ScheduleTimes(definition, before), span);
        } else if (json != null) {
            Instant since =
                    Instant.ofEpochMilli(Long.parseLong(known.getJobDataMap().getString(FireTimes.SINCE)));
            ScheduleTimes times = new ScheduleTimes(definition, FireTimes.schedule(json));
            fires.plan(definition, schedule, times, new Span(since, Instant.MIN, now));
        }
    }

    static JobDetail job(JobKey key) {
        return JobBuilder.newJob(ScheduleJob.class)
                .withIdentity(key)
                .requestRecovery()
                .build();
    }
}
