package dev.bes.orchestrator.trigger;

import dev.bes.orchestrator.definition.Definition;
import dev.bes.orchestrator.definition.Definitions;
import dev.bes.orchestrator.definition.Triggers.Schedule;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TimeZone;
import java.util.stream.Stream;
import org.quartz.CronScheduleBuilder;
import org.quartz.CronTrigger;
import org.quartz.JobBuilder;
import org.quartz.JobDetail;
import org.quartz.JobKey;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.SchedulerMetaData;
import org.quartz.TriggerBuilder;
import org.quartz.TriggerKey;
import org.quartz.impl.jdbcjobstore.JobStoreSupport;
import org.quartz.impl.matchers.GroupMatcher;
import org.quartz.impl.triggers.CronTriggerImpl;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Keeps Quartz in step with the schedules of the definitions. Quartz knows calendar time and nothing else. */
@Component
public class Schedules implements ApplicationRunner {
    private final Scheduler scheduler;
    private final Definitions definitions;
    private final InstantSource clock;

    Schedules(Scheduler scheduler, Definitions definitions, InstantSource clock) {
        this.scheduler = scheduler;
        this.definitions = definitions;
        this.clock = clock;
    }

    /** The next times that a schedule fires, by its own expression and zone. */
    public List<Instant> next(Schedule schedule, int times) {
        return next(schedule, clock.instant(), times);
    }

    static List<Instant> next(Schedule schedule, Instant from, int times) {
        return Stream.iterate(after(schedule, from), Optional::isPresent, last -> last.flatMap(t -> after(schedule, t)))
                .limit(times)
                .map(Optional::orElseThrow)
                .toList();
    }

    /** The first time after that one, if there is another. */
    static Optional<Instant> after(Schedule schedule, Instant time) {
        CronTriggerImpl trigger = (CronTriggerImpl) trigger(TriggerKey.triggerKey("preview"), schedule);
        trigger.setStartTime(Date.from(time));
        return Optional.ofNullable(trigger.getFireTimeAfter(Date.from(time))).map(Date::toInstant);
    }

    /** Adds, changes and removes triggers until Quartz has what the definitions say; unchanged ones are left alone. */
    @Override
    @Transactional
    public void run(ApplicationArguments args) throws SchedulerException {
        insistOnACluster();
        Set<JobKey> wanted = new HashSet<>();
        for (Definition definition : definitions.all()) {
            for (Schedule schedule : definition.triggers().schedules()) {
                wanted.add(put(definition, schedule));
            }
        }
        for (JobKey key : scheduler.getJobKeys(GroupMatcher.anyJobGroup())) {
            if (!wanted.contains(key)) {
                scheduler.deleteJob(key);
            }
        }
    }

    /** Alone, every node would fire everything; without the database, nothing that was missed. */
    private void insistOnACluster() throws SchedulerException {
        SchedulerMetaData quartz = scheduler.getMetaData();
        if (!quartz.isJobStoreClustered() || !JobStoreSupport.class.isAssignableFrom(quartz.getJobStoreClass())) {
            throw new IllegalStateException(
                    "Quartz has to keep its triggers in the database and to share them with the other nodes: leave spring.quartz.* as it is");
        }
    }

    private JobKey put(Definition definition, Schedule schedule) throws SchedulerException {
        JobKey jobKey = JobKey.jobKey(schedule.name(), definition.name());
        TriggerKey key = TriggerKey.triggerKey(schedule.name(), definition.name());
        if (!(scheduler.getTrigger(key) instanceof CronTrigger known && same(known, schedule))) {
            scheduler.deleteJob(jobKey);
            scheduler.scheduleJob(job(jobKey), trigger(key, schedule));
        }
        return jobKey;
    }

    private static boolean same(CronTrigger known, Schedule schedule) {
        return known.getCronExpression().equals(schedule.cron())
                && known.getTimeZone().toZoneId().equals(schedule.zone());
    }

    static JobDetail job(JobKey key) {
        return JobBuilder.newJob(FireSchedule.class)
                .withIdentity(key)
                .requestRecovery()
                .build();
    }

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
