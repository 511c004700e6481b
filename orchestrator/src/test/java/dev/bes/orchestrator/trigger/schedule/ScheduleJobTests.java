package dev.bes.orchestrator.trigger.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.bes.orchestrator.run.Parallel;
import dev.bes.orchestrator.trigger.schedule.fire.DatabaseClock;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.quartz.JobExecutionException;
import org.quartz.JobKey;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.TriggerKey;
import org.quartz.impl.JobExecutionContextImpl;
import org.quartz.impl.triggers.CronTriggerImpl;
import org.quartz.spi.TriggerFiredBundle;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** However often and wherever a fire time fires, it becomes one run. */
class ScheduleJobTests {
    private static final int SECONDS = 10;

    @TempDir
    private Path folder;

    private final Cluster cluster = new Cluster();

    @AfterEach
    void stop() throws SchedulerException {
        cluster.close();
    }

    private static boolean fire(TickingSchedule tickingSchedule, Instant time) throws JobExecutionException {
        return fire(Cluster.job(tickingSchedule.definitions), tickingSchedule, time);
    }

    private static boolean fire(ScheduleJob job, TickingSchedule tickingSchedule, Instant time)
            throws JobExecutionException {
        CronTriggerImpl trigger = (CronTriggerImpl) FireTimes.trigger(
                TriggerKey.triggerKey("tick", tickingSchedule.name), tickingSchedule.schedule(), time);
        trigger.setStartTime(Date.from(time));
        TriggerFiredBundle fired = new TriggerFiredBundle(
                Schedules.job(JobKey.jobKey("tick", tickingSchedule.name)),
                trigger,
                null,
                false,
                Date.from(time),
                Date.from(time),
                null,
                null);
        job.execute(new JobExecutionContextImpl(null, fired, job));
        return true;
    }

    @Test
    void makesOneRunOfAnInstantThatFiresManyTimesAtOnce() {
        TickingSchedule tickingSchedule = new TickingSchedule(folder, "* * * * * ?");
        Instant time = Instant.parse("2026-03-01T10:00:00Z");
        Parallel.all(Collections.nCopies(8, () -> fire(tickingSchedule, time)));

        assertThat(tickingSchedule.runs()).containsExactly(time);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void insistsWhileTheDatabaseIsAwayUnlessTheNodeIsEnding(boolean nodeIsEnding) {
        TickingSchedule tickingSchedule = new TickingSchedule(folder, "* * * * * ?");
        JdbcClient away = JdbcClient.create(new DriverManagerDataSource("jdbc:postgresql://127.0.0.1:1/none"));
        ShutdownState shutdownState = new ShutdownState();
        if (nodeIsEnding) {
            shutdownState.stop();
        }
        ScheduleJob job = Cluster.job(
                tickingSchedule.definitions,
                new FireTimeCheck(away, new DatabaseClock(away), tickingSchedule.definitions),
                shutdownState);

        assertThatThrownBy(() -> fire(job, tickingSchedule, Instant.now()))
                .isInstanceOfSatisfying(
                        JobExecutionException.class,
                        e -> assertThat(e.refireImmediately()).isEqualTo(!nodeIsEnding));
    }

    @Test
    void makesNoRunAheadOfItsTime() throws JobExecutionException {
        TickingSchedule tickingSchedule = new TickingSchedule(folder, "* * * * * ?");
        Instant soon = Instant.now().plusSeconds(5).truncatedTo(ChronoUnit.SECONDS);
        fire(tickingSchedule, soon.plusSeconds(10_800));
        fire(tickingSchedule, soon);

        assertThat(tickingSchedule.runs()).as("a clock may be a little off").containsExactly(soon);
    }

    @Test
    @Tag("slow")
    void makesOneRunPerInstantThoughThreeNodesRaceForIt() {
        Parallel.all(Stream.of("true", "false")
                .<Callable<Boolean>>map(within -> () -> race(within))
                .toList());
    }

    private boolean race(String acquireWithinLock) throws SchedulerException {
        try (Cluster racing = new Cluster()) {
            TickingSchedule tickingSchedule = new TickingSchedule(folder.resolve(acquireWithinLock), "* * * * * ?");
            Map<String, String> properties = Map.of("org.quartz.jobStore.acquireTriggersWithinLock", acquireWithinLock);
            for (String node : List.of("a", "b", "c")) {
                racing.join(node, tickingSchedule.definitions, properties).start();
            }
            racing.schedule(racing.join("setter"), tickingSchedule.name, tickingSchedule.schedule());
            List<Instant> runs =
                    await().atMost(Duration.ofSeconds(60)).until(tickingSchedule::runs, made -> made.size() >= SECONDS);

            assertThat(runs)
                    .as("acquired within the lock: %s", acquireWithinLock)
                    .containsExactlyElementsOf(Stream.iterate(runs.getFirst(), t -> t.plusSeconds(1))
                            .limit(runs.size())
                            .toList());
        }
        return true;
    }

    @Test
    void recoversTheFireOfANodeThatDiedIntoTheRunThatItMade() throws SchedulerException {
        TickingSchedule tickingSchedule = new TickingSchedule(folder, "0 0 12 1 1 ?");
        Instant time = Instant.parse("2026-01-01T12:00:00Z");
        fire(tickingSchedule, time);
        List<Boolean> recovering = new CopyOnWriteArrayList<>();
        Scheduler heir = cluster.join(
                "heir",
                (bundle, scheduler) -> context -> {
                    Cluster.job(tickingSchedule.definitions).execute(context);
                    recovering.add(context.isRecovering());
                },
                Map.of());
        cluster.schedule(heir, tickingSchedule.name, tickingSchedule.schedule());
        cluster.fired("dead", "EXECUTING", tickingSchedule.name, time);
        heir.start();

        await().atMost(Duration.ofSeconds(60)).until(() -> recovering.equals(List.of(true)));
        assertThat(tickingSchedule.runs()).containsExactly(time);
    }
}
