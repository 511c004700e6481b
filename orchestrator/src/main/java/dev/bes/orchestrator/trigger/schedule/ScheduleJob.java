package dev.bes.orchestrator.trigger.schedule;

import dev.bes.orchestrator.definition.Definition;
import dev.bes.orchestrator.definition.Definitions;
import dev.bes.orchestrator.definition.Triggers.Schedule;
import dev.bes.orchestrator.definition.template.TemplateException;
import dev.bes.orchestrator.run.acceptance.NewRun;
import dev.bes.orchestrator.run.acceptance.ParametersTooLargeException;
import dev.bes.orchestrator.run.acceptance.RunAcceptance;
import dev.bes.orchestrator.trigger.InputFiles;
import dev.bes.orchestrator.trigger.RunRefusedException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.quartz.Job;
import org.quartz.JobExecutionContext;
import org.quartz.JobExecutionException;
import org.quartz.JobKey;
import org.quartz.Scheduler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/** Inserts the run of a fire time. If Quartz fires twice, the second fire finds the run. */
public class ScheduleJob implements Job {
    private static final Logger LOG = LoggerFactory.getLogger(ScheduleJob.class);

    private static final Duration RETRY_PAUSE = Duration.ofSeconds(1);

    private final Definitions definitions;
    private final InputFiles inputFiles;
    private final RunAcceptance runAcceptance;
    private final FireTimeCheck fireTimeCheck;
    private final ShutdownState shutdownState;

    /** Created by Spring for each fire. */
    ScheduleJob(
            Definitions definitions,
            InputFiles inputFiles,
            RunAcceptance runAcceptance,
            FireTimeCheck fireTimeCheck,
            ShutdownState shutdownState) {
        this.definitions = definitions;
        this.inputFiles = inputFiles;
        this.runAcceptance = runAcceptance;
        this.fireTimeCheck = fireTimeCheck;
        this.shutdownState = shutdownState;
    }

    @Override
    public void execute(JobExecutionContext context) throws JobExecutionException {
        JobKey key = context.getJobDetail().getKey();
        Definition definition = definitions.find(key.getGroup()).orElse(null);
        Schedule schedule = definition == null
                ? null
                : definition.triggers().schedule(key.getName()).orElse(null);
        if (definition == null || schedule == null) {
            LOG.warn("Schedule {} fired, but this node has no such definition or schedule: no run was started", key);
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
            fire(definition, schedule, time);
        } catch (DataAccessException | TransactionException e) {
            // a database that refuses at once must not be called in a tight loop
            shutdownState.pause(RETRY_PAUSE);
            // Quartz has advanced to the next fire time, so that this one must be retried; when this node shuts down,
            // another
            // node recovers it
            throw new JobExecutionException(
                    "Schedule " + key + " could not write its run", e, !shutdownState.isShuttingDown());
        }
    }

    private void fire(Definition definition, Schedule schedule, Instant time) {
        NewRun run = NewRun.scheduled(definition, schedule.name(), time, schedule.zone(), List.of());
        try {
            runAcceptance.accept(run.with(inputFiles.scorings(definition, Map.of())));
        } catch (RunRefusedException.NoInput
                | TemplateException
                | ParametersTooLargeException
                | UncheckedIOException e) {
            runAcceptance.reject(run, String.valueOf(e.getMessage()));
        }
    }

    private static Instant scheduledTime(JobExecutionContext context) {
        return context.isRecovering()
                ? Instant.ofEpochMilli(context.getMergedJobDataMap()
                        .getLongValue(Scheduler.FAILED_JOB_ORIGINAL_TRIGGER_SCHEDULED_FIRETIME_IN_MILLISECONDS))
                : context.getScheduledFireTime().toInstant();
    }
}
