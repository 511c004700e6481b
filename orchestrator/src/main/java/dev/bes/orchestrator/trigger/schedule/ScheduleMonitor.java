package dev.bes.orchestrator.trigger.schedule;

import java.time.Duration;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Measures by the clock of the database how long fires are overdue. */
@Component
public class ScheduleMonitor {
    private static final Logger LOG = LoggerFactory.getLogger(ScheduleMonitor.class);
    /** Quartz handles a misfire after its threshold of a minute. */
    private static final Duration TOLERATED = Duration.ofMinutes(2);

    private static final String OVERDUE = """
            SELECT coalesce(extract(epoch FROM clock_timestamp()) * 1000 - min(next_fire_time), 0)
            FROM qrtz_triggers
            WHERE sched_name = :scheduler AND next_fire_time > 0
              AND trigger_state IN ('WAITING', 'ACQUIRED', 'BLOCKED', 'ERROR')""";

    private final JdbcClient jdbc;
    private final String scheduler;
    private volatile Duration overdue = Duration.ZERO;

    ScheduleMonitor(JdbcClient jdbc, Scheduler scheduler) throws SchedulerException {
        this.jdbc = jdbc;
        this.scheduler = scheduler.getSchedulerName();
    }

    /** Reads the oldest due fire time. */
    @Scheduled(fixedRate = 5_000)
    void measure() {
        try {
            long millis = jdbc.sql(OVERDUE)
                    .param("scheduler", scheduler)
                    .query(Long.class)
                    .single();
            overdue = Duration.ofMillis(Math.max(0, millis));
        } catch (DataAccessException e) {
            LOG.debug("The fire times can't be read", e);
        }
    }

    /** How late the oldest due fire of any schedule was at the last measurement; zero if none is due. Makes no call. */
    public Duration lateness() {
        return overdue;
    }

    /**
     * How long the oldest fire was overdue at the last measurement; zero if Quartz and the nodes may still handle it in time.
     * Makes no call.
     */
    public Duration overdue() {
        return overdue.compareTo(TOLERATED) > 0 ? overdue : Duration.ZERO;
    }
}
