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

/** Watches whether the schedules keep time, by the clock of the database. */
@Component
public class ScheduleMonitor {
    private static final Logger LOG = LoggerFactory.getLogger(ScheduleMonitor.class);
    /** Quartz makes up for a fire that nobody was there for within its misfire threshold of a minute. */
    private static final Duration USUAL = Duration.ofMinutes(2);

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

    /** Looks at the oldest fire that is due. */
    @Scheduled(fixedRate = 5_000)
    void look() {
        try {
            long millis = jdbc.sql(OVERDUE)
                    .param("scheduler", scheduler)
                    .query(Long.class)
                    .single();
            overdue = Duration.ofMillis(Math.max(0, millis));
        } catch (DataAccessException e) {
            LOG.debug("The schedules can't be looked at", e);
        }
    }

    /**
     * How long the oldest fire was overdue at the last look, if that is more than a node or Quartz may take to make up for;
     * else zero. Asks nobody.
     */
    public Duration overdue() {
        return overdue.compareTo(USUAL) > 0 ? overdue : Duration.ZERO;
    }
}
