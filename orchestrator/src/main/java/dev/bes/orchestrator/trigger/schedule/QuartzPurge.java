package dev.bes.orchestrator.trigger.schedule;

import java.time.Duration;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Forgets fires that Quartz has noted long ago and whose end nobody has noted. */
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
     * @param age how long ago the fire must have been noted
     * @param batch how many at most
     * @return how many are gone
     */
    public int purge(Duration age, int batch) {
        return jdbc.sql(PURGE)
                .param("scheduler", scheduler)
                .param("age", age.toMillis())
                .param("batch", batch)
                .update();
    }
}
