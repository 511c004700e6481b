package dev.bes.orchestrator.web.health;

import dev.bes.orchestrator.trigger.schedule.ScheduleMonitor;
import dev.bes.orchestrator.web.format.Formats;
import java.time.Duration;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.stereotype.Component;

/** Whether the schedules of all nodes together keep time. No part of readiness: such a node can still be asked. */
@Component("scheduleHealthIndicator")
final class ScheduleHealthIndicator extends AbstractHealthIndicator {
    private final ScheduleMonitor watch;

    ScheduleHealthIndicator(ScheduleMonitor watch) {
        this.watch = watch;
    }

    @Override
    protected void doHealthCheck(Health.Builder builder) {
        Duration overdue = watch.overdue();
        if (overdue.isZero()) {
            builder.up();
        } else {
            builder.down().withDetail("reason", "a schedule is %s overdue".formatted(Formats.duration(overdue)));
        }
    }
}
