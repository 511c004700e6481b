package dev.bes.orchestrator.trigger.schedule;

import dev.bes.orchestrator.definition.Definition;
import dev.bes.orchestrator.definition.Definitions;
import dev.bes.orchestrator.definition.Triggers.Schedule;
import dev.bes.orchestrator.trigger.schedule.fire.ScheduleFires;
import dev.bes.orchestrator.trigger.schedule.fire.ScheduleFires.Span;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import org.quartz.Job;
import org.quartz.JobExecutionContext;
import org.quartz.JobExecutionException;
import org.quartz.JobKey;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/** Has the due fire times of a schedule handled. If Quartz fires twice, the second fire finds the first one's decision. */
public class ScheduleJob implements Job {
    private static final Logger LOG = LoggerFactory.getLogger(ScheduleJob.class);

    private static final Duration RETRY_PAUSE = Duration.ofSeconds(1);
    private static final Duration DEFINITION_PATIENCE = Duration.ofMinutes(2);

    private final Definitions definitions;
    private final ScheduleFires fires;
    private final SchedulePauses pauses;
    private final FireTimeCheck fireTimeCheck;
    private final ShutdownState shutdownState;
    private final InstantSource clock;

    /** Created by Spring for each fire. */
    ScheduleJob(
            Definitions definitions,
            ScheduleFires fires,
            SchedulePauses pauses,
            FireTimeCheck fireTimeCheck,
            ShutdownState shutdownState,
            InstantSource clock) {
        this.definitions = definitions;
        this.fires = fires;
        this.pauses = pauses;
        this.fireTimeCheck = fireTimeCheck;
        this.shutdownState = shutdownState;
        this.clock = clock;
    }

    @Override
    public void execute(JobExecutionContext context) throws JobExecutionException {
        JobKey key = context.getJobDetail().getKey();
        Definition definition = definitions.find(key.getGroup()).orElse(null);
        Schedule schedule = definition == null
                ? null
                : definition.triggers().schedule(key.getName()).orElse(null);
        if (definition == null || schedule == null) {
            awaitDefinition(context);
            return;
        }
        try {
            Instant time = scheduledTime(context);
            if (fireTimeCheck.isAhead(time)) {
                LOG.warn(
                        "Schedule {} fired for {}, which is in the future: no run is started before that time",
                        key,
                        time);
                return;
            }
            pauses.pauseAfterFailures(definition, schedule);
            fires.fire(definition, schedule, span(context, time));
            pauses.awaitNext(context.getScheduler(), key, schedule, time);
        } catch (DataAccessException | TransactionException e) {
            // a database that refuses at once must not be called in a tight loop
            shutdownState.pause(RETRY_PAUSE);
            // Quartz has advanced to the next fire time, so that this one must be retried; when this node shuts down,
            // another
            // node recovers it
            throw new JobExecutionException(
                    "Schedule " + key + " could not write its run", e, !shutdownState.isShuttingDown());
        } catch (SchedulerException e) {
            throw new JobExecutionException("Schedule " + key + " could not be told its next time", e, false);
        }
    }

    /** Another node has read a definition that has not come to this node yet: its files are copied to each of them. */
    private void awaitDefinition(JobExecutionContext context) throws JobExecutionException {
        JobKey key = context.getJobDetail().getKey();
        Instant fired = context.getFireTime().toInstant();
        if (clock.instant().isBefore(fired.plus(DEFINITION_PATIENCE)) && !shutdownState.isShuttingDown()) {
            shutdownState.pause(RETRY_PAUSE);
            throw new JobExecutionException("Schedule " + key + " is not known yet", true);
        }
        LOG.warn("Schedule {} fired, but this node has no such definition or schedule: no run was started", key);
    }

    private static Span span(JobExecutionContext context, Instant time) {
        if (context.isRecovering()) {
            return new Span(time.minusMillis(1), Instant.MIN, time);
        }
        String since = context.getTrigger().getJobDataMap().getString(FireTimes.SINCE);
        Date previous = context.getPreviousFireTime();
        return new Span(
                since == null
                        ? context.getTrigger().getStartTime().toInstant().minusMillis(1)
                        : Instant.ofEpochMilli(Long.parseLong(since)),
                since == null && previous != null ? previous.toInstant() : Instant.MIN,
                time);
    }

    private static Instant scheduledTime(JobExecutionContext context) {
        return context.isRecovering()
                ? Instant.ofEpochMilli(context.getMergedJobDataMap()
                        .getLongValue(Scheduler.FAILED_JOB_ORIGINAL_TRIGGER_SCHEDULED_FIRETIME_IN_MILLISECONDS))
                : context.getScheduledFireTime().toInstant();
    }
}
