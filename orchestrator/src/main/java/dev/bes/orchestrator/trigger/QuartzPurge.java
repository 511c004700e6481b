package dev.bes.orchestrator.trigger;

import dev.bes.orchestrator.run.DatabaseFailure;
import dev.bes.orchestrator.run.RetentionSettings;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Forgets fires that Quartz has noted long ago and whose end nobody has noted. */
@Component
class QuartzPurge {
    private static final Logger LOG = LoggerFactory.getLogger(QuartzPurge.class);
    private static final int BATCH = 500;

    private static final String PURGE = """
            DELETE FROM qrtz_fired_triggers WHERE ctid = ANY(ARRAY(
                SELECT ctid FROM qrtz_fired_triggers
                WHERE sched_name = :scheduler AND state = 'EXECUTING'
                  AND fired_time < extract(epoch FROM clock_timestamp()) * 1000 - :age
                LIMIT :batch FOR UPDATE SKIP LOCKED))""";

    private final JdbcClient jdbc;
    private final String scheduler;
    private final RetentionSettings settings;

    QuartzPurge(JdbcClient jdbc, Scheduler scheduler, RetentionSettings settings) throws SchedulerException {
        this.jdbc = jdbc;
        this.scheduler = scheduler.getSchedulerName();
        this.settings = settings;
    }

    @Scheduled(fixedDelay = 600_000)
    void purge() {
        try {
            purge(BATCH);
        } catch (DataAccessException e) {
            DatabaseFailure.warn(LOG, "Old books of Quartz could not be purged", e);
        }
    }

    /** Purges so many at most. Returns how many are gone. */
    int purge(int batch) {
        return jdbc.sql(PURGE)
                .param("scheduler", scheduler)
                .param("age", settings.books().toMillis())
                .param("batch", batch)
                .update();
    }
}
