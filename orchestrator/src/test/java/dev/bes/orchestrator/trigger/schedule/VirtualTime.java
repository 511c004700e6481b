package dev.bes.orchestrator.trigger.schedule;

import dev.bes.orchestrator.definition.Definition;
import dev.bes.orchestrator.definition.Definitions;
import dev.bes.orchestrator.definition.Triggers.Overlap;
import dev.bes.orchestrator.definition.Triggers.Schedule;
import dev.bes.orchestrator.run.Actor;
import dev.bes.orchestrator.run.DatabaseFixture;
import dev.bes.orchestrator.trigger.schedule.fire.DatabaseClock;
import dev.bes.orchestrator.trigger.schedule.fire.PendingFires;
import dev.bes.orchestrator.trigger.schedule.fire.RecordedFires;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Comparator;
import java.util.Date;
import java.util.HashMap;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.quartz.CronTrigger;
import org.quartz.JobDetail;
import org.quartz.JobExecutionException;
import org.quartz.JobKey;
import org.quartz.Scheduler;
import org.quartz.Trigger;
import org.quartz.TriggerKey;
import org.quartz.impl.JobExecutionContextImpl;
import org.quartz.spi.OperableTrigger;
import org.quartz.spi.TriggerFiredBundle;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Fires the triggers that Quartz would keep for some definitions, each at its time by a clock that jumps from one to the next.
 * All else is real: the triggers, the job, the record in the database, the runs. A run ends when its time is over.
 */
final class VirtualTime {
    private final JdbcClient jdbc = DatabaseFixture.shared().jdbc();
    private final Clock clock = new Clock(jdbc);
    private final Map<TriggerKey, OperableTrigger> triggers = new HashMap<>();
    private final PriorityQueue<Event> events = new PriorityQueue<>(
            Comparator.comparing(Event::time).thenComparing(Event::isFire).thenComparing(Event::key));
    private final Map<String, Instant> starts = new TreeMap<>();
    private final Map<TriggerKey, Long> lastRuns = new HashMap<>();
    private final Definitions definitions;
    private final Map<String, Duration> runTimes;
    private final ScheduleJob job;
    private final PendingFires pending;
    private final Instant to;

    private static final class Clock extends DatabaseClock {
        private Instant now = Instant.EPOCH;

        Clock(JdbcClient jdbc) {
            super(jdbc);
        }

        @Override
        public Instant now() {
            return now;
        }
    }

    /** What happens at a time: a run ends, or else the trigger of that key fires. */
    private record Event(
            Instant time, TriggerKey key, @Nullable Long run) {
        boolean isFire() {
            return run == null;
        }
    }

    /**
     * The schedules of all definitions.
     *
     * @param runTimes how long the runs of each definition last
     */
    VirtualTime(Definitions definitions, Map<String, Duration> runTimes, Instant to) {
        this.definitions = definitions;
        this.runTimes = runTimes;
        this.job = Cluster.job(definitions, clock);
        this.pending = new PendingFires(new RecordedFires(jdbc), Cluster.fires(definitions, clock), definitions);
        this.to = to;
    }

    /** Lets the time pass; returns when the run of each fire time started, by definition and fire time. */
    Map<String, Instant> pass(Instant from) throws JobExecutionException {
        for (Definition definition : definitions.all()) {
            for (Schedule schedule : definition.triggers().schedules()) {
                TriggerKey key = TriggerKey.triggerKey(schedule.name(), definition.name());
                // a time that is due just then belongs to the span
                add(FireTimes.trigger(key, schedule, from.minusMillis(1)), from);
            }
        }
        while (!events.isEmpty()) {
            Event event = events.remove();
            clock.now = event.time;
            if (event.run != null) {
                end(event);
            } else {
                fire(event.key);
            }
        }
        return starts;
    }

    private void add(Trigger trigger, Instant from) {
        OperableTrigger operable = (OperableTrigger)
                (trigger instanceof CronTrigger
                        ? trigger.getTriggerBuilder().startAt(Date.from(from)).build()
                        : trigger);
        operable.computeFirstFireTime(null);
        triggers.put(operable.getKey(), operable);
        await(operable);
    }

    private void await(OperableTrigger trigger) {
        Date next = trigger.getNextFireTime();
        if (next != null && next.toInstant().isBefore(to)) {
            events.add(new Event(next.toInstant(), trigger.getKey(), null));
        }
    }

    private void fire(TriggerKey key) throws JobExecutionException {
        OperableTrigger trigger = triggers.get(key);
        Date previous = trigger.getPreviousFireTime();
        trigger.triggered(null);
        JobDetail detail = Schedules.job(JobKey.jobKey(key.getName(), key.getGroup()));
        Date time = trigger.getPreviousFireTime();
        TriggerFiredBundle bundle =
                new TriggerFiredBundle(detail, trigger, null, false, time, time, previous, trigger.getNextFireTime());
        job.execute(new JobExecutionContextImpl(scheduler(), bundle, job));
        if (trigger.equals(triggers.get(key)) && trigger instanceof CronTrigger) {
            await(trigger);
        }
        note(key);
    }

    /** Quartz, as far as the job asks it. */
    private Scheduler scheduler() {
        return (Scheduler) Proxy.newProxyInstance(
                VirtualTime.class.getClassLoader(),
                new Class<?>[] {Scheduler.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "checkExists" -> triggers.containsKey(arguments[0]);
                    case "unscheduleJob" -> triggers.remove(arguments[0]) != null;
                    case "rescheduleJob" -> {
                        add((Trigger) arguments[1], clock.now);
                        yield Date.from(clock.now);
                    }
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }

    private void end(Event event) {
        DatabaseFixture.shared().node("virtual").cancellation().cancel(event.run, Actor.user("time"));
        if (overlap(event.key) == Overlap.QUEUE) {
            pending.start();
            note(event.key);
        }
    }

    /** Takes down which run has started just now; it ends when its time is over. */
    private void note(TriggerKey key) {
        if (overlap(key) == Overlap.ALLOW) {
            return;
        }
        jdbc.sql("""
                SELECT fire_time, run_id FROM schedule_fire
                WHERE definition = :definition AND schedule = :schedule AND run_id > :last ORDER BY run_id""")
                .param("definition", key.getGroup())
                .param("schedule", key.getName())
                .param("last", lastRuns.getOrDefault(key, 0L))
                .query(row -> {
                    long run = row.getLong("run_id");
                    lastRuns.put(key, run);
                    starts.put(
                            key.getGroup() + " "
                                    + row.getObject("fire_time", OffsetDateTime.class)
                                            .toInstant(),
                            clock.now);
                    Duration lasts = runTimes.get(key.getGroup());
                    if (clock.now.plus(lasts).isBefore(to)) {
                        events.add(new Event(clock.now.plus(lasts), key, run));
                    }
                });
    }

    private Overlap overlap(TriggerKey key) {
        Overlap overlap = definitions
                .find(key.getGroup())
                .orElseThrow()
                .triggers()
                .schedule(key.getName())
                .orElseThrow()
                .overlap();
        return overlap == null ? Overlap.ALLOW : overlap;
    }
}
