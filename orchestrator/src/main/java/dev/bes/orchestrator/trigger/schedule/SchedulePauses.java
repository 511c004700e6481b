package dev.bes.orchestrator.trigger.schedule;

import dev.bes.orchestrator.audit.Action;
import dev.bes.orchestrator.audit.AuditLog;
import dev.bes.orchestrator.definition.Definition;
import dev.bes.orchestrator.definition.Triggers.Schedule;
import dev.bes.orchestrator.run.Actor;
import dev.bes.orchestrator.run.query.ScheduleRuns;
import dev.bes.orchestrator.trigger.schedule.fire.ScheduleFires;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.quartz.JobKey;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.TriggerKey;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Pauses and resumes schedules, for all nodes and across restarts. A row says who paused a schedule and why; the state of the
 * Quartz trigger is written in the same transaction.
 */
@Component
public class SchedulePauses {
    private final Scheduler scheduler;
    private final JdbcClient jdbc;
    private final InstantSource clock;
    private final AuditLog audit;
    private final ScheduleFires fires;
    private final ScheduleRuns runs;

    public SchedulePauses(
            Scheduler scheduler,
            JdbcClient jdbc,
            InstantSource clock,
            AuditLog audit,
            ScheduleFires fires,
            ScheduleRuns runs) {
        this.scheduler = scheduler;
        this.jdbc = jdbc;
        this.clock = clock;
        this.audit = audit;
        this.fires = fires;
        this.runs = runs;
    }

    /** The name of a schedule among all schedules. */
    public record ScheduleKey(String definition, String schedule) {}

    /**
     * The pause of a schedule.
     *
     * @param reason why
     * @param actor who paused it, as {@code kind:name}
     * @param since since when, by the clock of the database
     */
    public record Pause(String reason, String actor, Instant since) {

        /** Who paused it and why, as it stands in the record of fire times. */
        public String words() {
            return "paused by %s: %s".formatted(actor, reason);
        }
    }

    /** What a caller requires of the pause that there is, before he changes it. */
    @FunctionalInterface
    public interface Precondition {
        /** No requirement. */
        Precondition NONE = pause -> {};

        /**
         * Throws what the change is refused with.
         *
         * @param pause the pause that there is; null if there is none
         */
        void require(@Nullable Pause pause);
    }

    /** All pauses. */
    public Map<ScheduleKey, Pause> all() {
        Map<ScheduleKey, Pause> pauses = new HashMap<>();
        jdbc.sql("SELECT definition, schedule, reason, actor, paused_at FROM schedule_pause")
                .query(row -> {
                    pauses.put(
                            new ScheduleKey(row.getString("definition"), row.getString("schedule")),
                            new Pause(
                                    row.getString("reason"),
                                    row.getString("actor"),
                                    row.getObject("paused_at", OffsetDateTime.class)
                                            .toInstant()));
                });
        return pauses;
    }

    /**
     * Pauses a schedule: it starts no run until it is resumed. One that is paused already keeps its reason.
     *
     * @param precondition is looked at in the transaction of the change
     * @return whether it was not paused before
     */
    @Transactional
    public boolean pause(Definition definition, Schedule schedule, String reason, Actor by, Precondition precondition) {
        precondition.require(locked(definition, schedule));
        int rows = jdbc.sql("""
                INSERT INTO schedule_pause (definition, schedule, reason, actor)
                VALUES (:definition, :schedule, :reason, :actor) ON CONFLICT DO NOTHING""")
                .param("definition", definition.name())
                .param("schedule", schedule.name())
                .param("reason", reason)
                .param("actor", by.toString())
                .update();
        if (rows > 0) {
            pauseTrigger(triggerKey(definition, schedule));
            audit(Action.SCHEDULE_PAUSED, definition, schedule, by, reason);
        }
        return rows > 0;
    }

    /**
     * Resumes a schedule. It fires at its next time. Each time that passed while it was paused is recorded, and made up for
     * if the schedule says so.
     *
     * @param precondition is looked at in the transaction of the change
     * @return whether it was paused before
     */
    @Transactional
    public boolean resume(Definition definition, Schedule schedule, Actor by, Precondition precondition) {
        precondition.require(locked(definition, schedule));
        Optional<Pause> pause = jdbc.sql("""
                WITH ended AS (
                    DELETE FROM schedule_pause WHERE definition = :definition AND schedule = :schedule RETURNING *)
                INSERT INTO schedule_pause_ended (definition, schedule, paused_at, reason, actor, ended_by)
                SELECT definition, schedule, paused_at, reason, actor, :by FROM ended RETURNING reason, actor, paused_at""")
                .param("definition", definition.name())
                .param("schedule", schedule.name())
                .param("by", by.toString())
                .query((row, n) -> new Pause(
                        row.getString("reason"),
                        row.getString("actor"),
                        row.getObject("paused_at", OffsetDateTime.class).toInstant()))
                .optional();
        pause.ifPresent(ended -> {
            fires.planPaused(definition.name(), schedule, ended.since(), clock.instant(), ended.words());
            replaceTrigger(triggerKey(definition, schedule), schedule);
            audit(Action.SCHEDULE_RESUMED, definition, schedule, by, null);
        });
        return pause.isPresent();
    }

    /** Pauses a schedule whose last runs have all failed, if it says so. Runs from before its last pause do not count. */
    @Transactional
    public void pauseAfterFailures(Definition definition, Schedule schedule) {
        Integer count = schedule.pauseAfter();
        if (count != null && runs.failed(definition.name(), schedule.name(), count, resumed(definition, schedule))) {
            String reason = count == 1 ? "its last run failed" : "its last %d runs failed".formatted(count);
            pause(definition, schedule, reason, Actor.schedule(schedule.name()), Precondition.NONE);
        }
    }

    private Instant resumed(Definition definition, Schedule schedule) {
        return jdbc.sql("""
                SELECT ended_at FROM schedule_pause_ended WHERE definition = :definition AND schedule = :schedule
                ORDER BY ended_at DESC LIMIT 1""")
                .param("definition", definition.name())
                .param("schedule", schedule.name())
                .query(OffsetDateTime.class)
                .optional()
                .map(OffsetDateTime::toInstant)
                .orElse(Instant.EPOCH);
    }

    /** Has the trigger of a schedule wait for its next time, if Quartz cannot know it. */
    @Transactional
    public void awaitNext(Scheduler with, JobKey key, Schedule schedule, Instant after) throws SchedulerException {
        TriggerKey trigger = TriggerKey.triggerKey(key.getName(), key.getGroup());
        if (FireTimes.isPlainCron(schedule) || !with.checkExists(trigger)) {
            return;
        }
        if (FireTimes.dueAfter(key.getGroup(), schedule, after).isEmpty()) {
            with.unscheduleJob(trigger);
        } else {
            with.rescheduleJob(trigger, FireTimes.trigger(trigger, schedule, after));
            keep(with, key);
        }
    }

    /** The pause of a schedule, which nobody else changes until the end of the transaction. */
    private @Nullable Pause locked(Definition definition, Schedule schedule) {
        jdbc.sql("SELECT pg_advisory_xact_lock(hashtext('schedule_pause'))")
                .query((row, number) -> 0)
                .single();
        return all().get(new ScheduleKey(definition.name(), schedule.name()));
    }

    /** Pauses the trigger of a schedule that was written anew while the schedule is paused. */
    void keep(JobKey key) throws SchedulerException {
        keep(scheduler, key);
    }

    private void keep(Scheduler with, JobKey key) throws SchedulerException {
        boolean paused =
                jdbc.sql("SELECT count(*) FROM schedule_pause WHERE definition = :definition AND schedule = :schedule")
                                .param("definition", key.getGroup())
                                .param("schedule", key.getName())
                                .query(Integer.class)
                                .single()
                        > 0;
        if (paused) {
            with.pauseTrigger(TriggerKey.triggerKey(key.getName(), key.getGroup()));
        }
    }

    private void audit(Action action, Definition definition, Schedule schedule, Actor by, @Nullable String reason) {
        String object = "schedule %s of %s".formatted(schedule.name(), definition.name());
        audit.allowed(action, by.toString(), object, definition.name(), null, reason);
    }

    private void pauseTrigger(TriggerKey key) {
        try {
            scheduler.pauseTrigger(key);
        } catch (SchedulerException e) {
            throw new IllegalStateException("Quartz can't pause schedule " + key, e);
        }
    }

    /** A trigger that is resumed as it is would fire at once for the times that it has missed. */
    private void replaceTrigger(TriggerKey key, Schedule schedule) {
        try {
            Instant now = clock.instant();
            if (FireTimes.dueAfter(key.getGroup(), schedule, now).isEmpty()) {
                scheduler.unscheduleJob(key);
            } else if (scheduler.checkExists(key)) {
                scheduler.rescheduleJob(key, FireTimes.trigger(key, schedule, now));
            }
        } catch (SchedulerException e) {
            throw new IllegalStateException("Quartz can't resume schedule " + key, e);
        }
    }

    private static TriggerKey triggerKey(Definition definition, Schedule schedule) {
        return TriggerKey.triggerKey(schedule.name(), definition.name());
    }
}
