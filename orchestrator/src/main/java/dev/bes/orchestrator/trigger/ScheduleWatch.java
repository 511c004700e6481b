package dev.bes.orchestrator.trigger;

import java.time.Duration;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Tells whether the schedules keep time, by the clock of the database. */
@Component
public class ScheduleWatch {
    private static final String OVERDUE = """
            SELECT coalesce(extract(epoch FROM clock_timestamp()) * 1000 - min(next_fire_time), 0)
            FROM qrtz_triggers
            WHERE sched_name = :scheduler AND next_fire_time > 0
              AND trigger_state IN ('WAITING', 'ACQUIRED', 'BLOCKED', 'ERROR')""";

    private final JdbcClient jdbc;
    private final String scheduler;

    ScheduleWatch(JdbcClient jdbc, Scheduler scheduler) throws SchedulerException {
        this.jdbc = jdbc;
        this.scheduler = scheduler.getSchedulerName();
    }

    /**
     * How long the oldest fire is overdue, whatever keeps it; zero when none is. Quartz makes up for a fire that nobody
     * was there for within its misfire threshold of a minute: much more than that is trouble.
     */
    public Duration overdue() {
        long millis = jdbc.sql(OVERDUE)
                .param("scheduler", scheduler)
                .query(Long.class)
                .single();
        return Duration.ofMillis(Math.max(0, millis));
    }
}
