package dev.bes.orchestrator.trigger.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.bes.orchestrator.run.DatabaseFixture;
import dev.bes.orchestrator.trigger.schedule.fire.DatabaseClock;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.quartz.JobKey;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
@Tag("slow")
class ScheduleRepairTests {
    private static final Map<String, String> CHECKS_IN_OFTEN =
            Map.of("org.quartz.jobStore.clusterCheckinInterval", "200");

    private final Cluster cluster = new Cluster();
    private final TickingSchedule tickingSchedule;
    private final Scheduler scheduler;

    ScheduleRepairTests(@TempDir Path folder) {
        tickingSchedule = new TickingSchedule(folder, "* * * * * ?");
        scheduler = cluster.join("alive", tickingSchedule.definitions, CHECKS_IN_OFTEN);
    }

    @BeforeEach
    void schedule() throws SchedulerException {
        cluster.schedule(scheduler, tickingSchedule.name, tickingSchedule.schedule());
    }

    @AfterEach
    void stop() throws SchedulerException {
        cluster.close();
    }

    private void look() throws SchedulerException {
        new ScheduleRepair(
                        cluster.jdbc,
                        DatabaseFixture.shared().transactions(),
                        new FireTimeCheck(cluster.jdbc, new DatabaseClock(cluster.jdbc), tickingSchedule.definitions),
                        scheduler)
                .repair();
    }

    private long count(String table) {
        return cluster.jdbc
                .sql("SELECT count(*) FROM " + table + " WHERE sched_name = ?")
                .param(cluster.name)
                .query(Long.class)
                .single();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ACQUIRED", "BLOCKED", "ERROR"})
    void freesATriggerThatHangsSoThatItFires(String state, CapturedOutput output) throws SchedulerException {
        cluster.set("trigger_state", state);
        scheduler.start();
        look();

        assertThat(output).contains("Trigger " + tickingSchedule.name + ".tick hung in " + state);
        await().until(tickingSchedule::runs, runs -> !runs.isEmpty());
    }

    @Test
    void leavesAloneWhatAnInstanceIsAboutToFire() throws SchedulerException {
        cluster.set("trigger_state", "ACQUIRED");
        cluster.fired("alive", "ACQUIRED", tickingSchedule.name, Instant.now());
        look();

        assertThat(cluster.states()).containsExactly("ACQUIRED");
        assertThat(count("qrtz_fired_triggers")).isEqualTo(1);
    }

    @Test
    void freesATriggerThatAnInstanceHoldsAndDoesNotFire() throws SchedulerException {
        cluster.set("trigger_state", "ACQUIRED");
        cluster.set("next_fire_time", Instant.now().minusSeconds(300).toEpochMilli());
        cluster.fired("alive", "ACQUIRED", tickingSchedule.name, Instant.now().minusSeconds(300));
        look();

        assertThat(cluster.states()).containsExactly("WAITING");
        assertThat(count("qrtz_fired_triggers")).isZero();
    }

    @Test
    void leavesATriggerThatIsPaused() throws SchedulerException {
        cluster.set("trigger_state", "PAUSED");
        look();

        assertThat(cluster.states()).containsExactly("PAUSED");
    }

    @Test
    void leavesATriggerThatHasFiredForTheLastTime() throws SchedulerException {
        for (String state : List.of("ERROR", "ACQUIRED", "BLOCKED", "COMPLETE")) {
            cluster.set("trigger_state", state);
            cluster.set("next_fire_time", -1);
            look();

            assertThat(cluster.states()).containsExactly(state);
        }
    }

    @Test
    void putsMissingLockRowsBack(CapturedOutput output) throws SchedulerException {
        cluster.jdbc
                .sql("DELETE FROM qrtz_locks WHERE sched_name = ?")
                .param(cluster.name)
                .update();
        look();

        assertThat(count("qrtz_locks")).isEqualTo(2);
        assertThat(output).contains("Lock TRIGGER_ACCESS had no row", "Lock STATE_ACCESS had no row");
        look();
    }

    @Test
    void hasTheClusterRecoverWhatAnInstanceLeftThatNobodyKnows() throws SchedulerException {
        Instant time = Instant.parse("2026-03-01T10:00:00Z");
        scheduler.start();
        await().until(() -> count("qrtz_scheduler_state") == 1);
        cluster.fired("unknown", "EXECUTING", tickingSchedule.name, time);
        look();

        await().atMost(Duration.ofSeconds(30)).until(tickingSchedule::runs, runs -> runs.contains(time));
        await().until(() -> cluster.jdbc
                .sql("SELECT instance_name FROM qrtz_scheduler_state WHERE sched_name = ?")
                .param(cluster.name)
                .query(String.class)
                .list()
                .equals(List.of("alive")));
    }

    @Test
    void givesAnInstanceUpWhoseLastSignOfLifeLiesInTheFuture(CapturedOutput output) throws SchedulerException {
        cluster.jdbc
                .sql("INSERT INTO qrtz_scheduler_state VALUES (?, 'fast', ?, 5000)")
                .params(cluster.name, Instant.now().plusSeconds(10_800).toEpochMilli())
                .update();
        cluster.set("trigger_state", "ACQUIRED");
        cluster.fired("fast", "ACQUIRED", tickingSchedule.name, Instant.now().plusSeconds(10_800));
        look();
        assertThat(output).contains("fast checked in from the future");

        scheduler.start();
        await().atMost(Duration.ofSeconds(30)).until(tickingSchedule::runs, runs -> !runs.isEmpty());
    }

    @Test
    void putsATriggerBackThatAWrongClockHasMovedAhead() throws SchedulerException {
        Instant start = Instant.now().minusSeconds(3_600);
        cluster.set("start_time", start.toEpochMilli());
        cluster.set("next_fire_time", Instant.now().plusSeconds(10_800).toEpochMilli());
        look();

        Instant next = scheduler
                .getTriggersOfJob(JobKey.jobKey("tick", tickingSchedule.name))
                .getFirst()
                .getNextFireTime()
                .toInstant();
        assertThat(next)
                .as("what was lost in the last minute is made up for")
                .isBetween(Instant.now().minusSeconds(60), Instant.now());
    }
}
