package dev.bes.orchestrator.trigger.schedule;

import java.time.Duration;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Purges old rows of fires whose end Quartz never recorded. */
@Component
public class QuartzPurge {
    private static final String PURGE = """
            DELETE FROM qrtz_fired_triggers WHERE ctid = ANY(ARRAY(
                SELECT ctid FROM qrtz_fired_triggers
                WHERE sched_name = :scheduler AND state = 'EXECUTING'
                  AND fired_time < extract(epoch FROM clock_timestamp()) * 1000 - :age
                LIMIT :batch FOR UPDATE SKIP LOCKED))""";

    private final JdbcClient jdbc;
    private final String scheduler;

    QuartzPurge(JdbcClient jdbc, Scheduler scheduler) throws SchedulerException {
        this.jdbc = jdbc;
        this.scheduler = scheduler.getSchedulerName();
    }

    /**
     * Purges one batch.
     *
     * @param age minimum age of a fire
     * @param batch maximum number of rows
     * @return number of purged rows
     */
    public int purge(Duration age, int batch) {
        return jdbc.sql(PURGE)
                .param("scheduler", scheduler)
                .param("age", age.toMillis())
                .param("batch", batch)
                .update();
    }
}
