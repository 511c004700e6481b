package dev.bes.orchestrator.trigger.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bes.orchestrator.definition.Triggers.Schedule;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;

class ScheduleMonitorTests {
    private final Cluster cluster = new Cluster();
    private final Scheduler scheduler = cluster.join("one");

    @BeforeEach
    void schedule() throws SchedulerException {
        cluster.schedule(scheduler, "definition", new Schedule("daily", "0 0 12 * * ?", ZoneOffset.UTC));
    }

    @AfterEach
    void stop() throws SchedulerException {
        cluster.close();
    }

    private Duration overdue() throws SchedulerException {
        ScheduleMonitor watch = new ScheduleMonitor(cluster.jdbc, scheduler);
        watch.measure();
        return watch.overdue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"WAITING", "ACQUIRED", "BLOCKED", "ERROR"})
    void seesAFireThatIsOverdue(String state) throws SchedulerException {
        cluster.set("trigger_state", state);
        cluster.set("next_fire_time", Instant.now().minusSeconds(600).toEpochMilli());

        assertThat(overdue()).isBetween(Duration.ofSeconds(599), Duration.ofSeconds(660));
    }

    @Test
    void seesNothingOverdueInAFireThatIsMadeUpForSoon() throws SchedulerException {
        cluster.set("next_fire_time", Instant.now().minusSeconds(90).toEpochMilli());

        assertThat(overdue()).isZero();
    }

    @Test
    void seesNothingOverdueInAFireToCome() throws SchedulerException {
        assertThat(overdue()).isZero();
    }

    @Test
    void seesNothingOverdueInATriggerThatIsPausedOrOver() throws SchedulerException {
        cluster.set("next_fire_time", 12345);
        cluster.set("trigger_state", "PAUSED");
        assertThat(overdue()).isZero();

        cluster.set("trigger_state", "WAITING");
        cluster.set("next_fire_time", -1);
        assertThat(overdue()).isZero();
    }
}
