package dev.bes.orchestrator.trigger.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.bes.orchestrator.run.Database;
import dev.bes.orchestrator.run.Parallel;
import dev.bes.orchestrator.trigger.InputFiles;
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

    private static boolean fire(Ticking ticking, Instant time) throws JobExecutionException {
        return fire(Cluster.job(ticking.definitions), ticking, time);
    }

    private static boolean fire(ScheduleJob job, Ticking ticking, Instant time) throws JobExecutionException {
        CronTriggerImpl trigger =
                (CronTriggerImpl) FireTimes.trigger(TriggerKey.triggerKey("tick", ticking.name), ticking.schedule());
        TriggerFiredBundle fired = new TriggerFiredBundle(
                Schedules.job(JobKey.jobKey("tick", ticking.name)),
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
        Ticking ticking = new Ticking(folder, "* * * * * ?");
        Instant time = Instant.parse("2026-03-01T10:00:00Z");
        Parallel.all(Collections.nCopies(8, () -> fire(ticking, time)));

        assertThat(ticking.runs()).containsExactly(time);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void insistsWhileTheDatabaseIsAwayUnlessTheNodeIsEnding(boolean nodeIsEnding) {
        Ticking ticking = new Ticking(folder, "* * * * * ?");
        JdbcClient away = JdbcClient.create(new DriverManagerDataSource("jdbc:postgresql://127.0.0.1:1/none"));
        ShutdownState shutdownState = new ShutdownState();
        if (nodeIsEnding) {
            shutdownState.stop();
        }
        ScheduleJob job = new ScheduleJob(
                ticking.definitions,
                new InputFiles(ticking.definitions),
                Database.shared().node("scheduler").runs(),
                new FireTimeCheck(away, ticking.definitions),
                shutdownState);

        assertThatThrownBy(() -> fire(job, ticking, Instant.now()))
                .isInstanceOfSatisfying(
                        JobExecutionException.class,
                        e -> assertThat(e.refireImmediately()).isEqualTo(!nodeIsEnding));
    }

    @Test
    void makesNoRunAheadOfItsTime() throws JobExecutionException {
        Ticking ticking = new Ticking(folder, "* * * * * ?");
        Instant soon = Instant.now().plusSeconds(5).truncatedTo(ChronoUnit.SECONDS);
        fire(ticking, soon.plusSeconds(10_800));
        fire(ticking, soon);

        assertThat(ticking.runs()).as("a clock may be a little off").containsExactly(soon);
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
            Ticking ticking = new Ticking(folder.resolve(acquireWithinLock), "* * * * * ?");
            Map<String, String> properties = Map.of("org.quartz.jobStore.acquireTriggersWithinLock", acquireWithinLock);
            for (String node : List.of("a", "b", "c")) {
                racing.join(node, ticking.definitions, properties).start();
            }
            racing.schedule(racing.join("setter"), ticking.name, ticking.schedule());
            List<Instant> runs =
                    await().atMost(Duration.ofSeconds(60)).until(ticking::runs, made -> made.size() >= SECONDS);

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
        Ticking ticking = new Ticking(folder, "0 0 12 1 1 ?");
        Instant time = Instant.parse("2026-01-01T12:00:00Z");
        fire(ticking, time);
        List<Boolean> recovering = new CopyOnWriteArrayList<>();
        Scheduler heir = cluster.join(
                "heir",
                (bundle, scheduler) -> context -> {
                    Cluster.job(ticking.definitions).execute(context);
                    recovering.add(context.isRecovering());
                },
                Map.of());
        cluster.schedule(heir, ticking.name, ticking.schedule());
        cluster.fired("dead", "EXECUTING", ticking.name, time);
        heir.start();

        await().atMost(Duration.ofSeconds(60)).until(() -> recovering.equals(List.of(true)));
        assertThat(ticking.runs()).containsExactly(time);
    }
}
