package dev.bes.orchestrator.trigger.schedule;

import dev.bes.orchestrator.definition.Definition;
import dev.bes.orchestrator.definition.Definitions;
import dev.bes.orchestrator.definition.Definitions.Reloaded;
import dev.bes.orchestrator.definition.Triggers.Schedule;
import dev.bes.orchestrator.trigger.schedule.fire.ScheduleFires;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
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
import org.springframework.context.event.EventListener;
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
        synchronize();
    }

    private void synchronize() throws SchedulerException {
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

    /** Follows a change of the definitions. */
    @EventListener
    @Transactional
    public void follow(Reloaded change) throws SchedulerException {
        synchronize();
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
        if (known != null && new KnownTrigger(known).isFor(schedule)) {
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
            new KnownTrigger(known).planBeforeChange(fires, schedule, now);
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

    static JobDetail job(JobKey key) {
        return JobBuilder.newJob(ScheduleJob.class)
                .withIdentity(key)
                .requestRecovery()
                .build();
    }
}
