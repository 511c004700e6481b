package dev.bes.orchestrator.trigger.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.bes.orchestrator.definition.Triggers.Schedule;
import dev.bes.orchestrator.run.OldDatabase;
import dev.bes.orchestrator.run.RecordedPlans;
import dev.bes.orchestrator.run.RecordedPlans.Plan;
import dev.bes.orchestrator.trigger.schedule.fire.DatabaseClock;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;

/** With 20,000 triggers and as many fires that nobody ended, neither Quartz nor its watchdog reads a table whole. */
@Tag("slow")
class QuartzPlansTests {
    private static final List<String> SMALL = List.of("qrtz_locks", "qrtz_scheduler_state", "qrtz_paused_trigger_grps");

    private final OldDatabase old = OldDatabase.shared();

    @Test
    void firesAndWatchesByIndex(@TempDir Path folder) throws SchedulerException {
        TickingSchedule tickingSchedule = new TickingSchedule(folder, "* * * * * ?");
        AtomicInteger fires = new AtomicInteger();
        try (Cluster cluster = new Cluster(old.database(), old.dataSource())) {
            Scheduler scheduler = cluster.join("one", (bundle, quartz) -> context -> fires.incrementAndGet(), Map.of());
            ScheduleRepair watchdog = new ScheduleRepair(
                    cluster.jdbc,
                    old.database().transactions(),
                    new FireTimeCheck(cluster.jdbc, new DatabaseClock(cluster.jdbc), tickingSchedule.definitions),
                    scheduler);
            ScheduleMonitor watch = new ScheduleMonitor(cluster.jdbc, scheduler);

            List<Plan> plans = old.plans().of(() -> {
                try {
                    cluster.schedule(
                            scheduler, tickingSchedule.name, new Schedule("tick", "* * * * * ?", ZoneOffset.UTC));
                    scheduler.start();
                    await().atMost(Duration.ofSeconds(60)).until(() -> fires.get() >= 2);
                    watchdog.repair();
                    watch.measure();
                } catch (SchedulerException e) {
                    throw new IllegalStateException(e);
                }
            });

            assertThat(plans).hasSizeGreaterThan(20);
            Map<String, String> whole = RecordedPlans.readWhole(plans);
            SMALL.forEach(whole::remove);
            assertThat(whole).isEmpty();
        }
    }
}
