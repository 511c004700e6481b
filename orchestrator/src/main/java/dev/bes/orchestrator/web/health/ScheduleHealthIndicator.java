package dev.bes.orchestrator.web.health;

import dev.bes.orchestrator.trigger.schedule.ScheduleMonitor;
import dev.bes.orchestrator.web.format.Formats;
import java.time.Duration;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.stereotype.Component;

/** Reports whether schedules fire on time. Not part of readiness: a node can answer requests while schedules are late. */
@Component("scheduleHealthIndicator")
final class ScheduleHealthIndicator extends AbstractHealthIndicator {
    private final ScheduleMonitor monitor;

    ScheduleHealthIndicator(ScheduleMonitor monitor) {
        this.monitor = monitor;
    }

    @Override
    protected void doHealthCheck(Health.Builder builder) {
        Duration overdue = monitor.overdue();
        if (overdue.isZero()) {
            builder.up();
        } else {
            builder.down().withDetail("reason", "a schedule is %s overdue".formatted(Formats.duration(overdue)));
        }
    }
}
