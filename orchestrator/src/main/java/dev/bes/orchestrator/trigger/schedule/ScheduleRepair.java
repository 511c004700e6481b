package dev.bes.orchestrator.trigger.schedule;

import dev.bes.orchestrator.database.DatabaseFailure;
import java.time.Duration;
import java.util.List;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Repairs triggers that hang after a failure of the database or of a clock, and that Quartz itself would never fire again. It
 * holds Quartz's own lock and runs on every node. A double fire is harmless: it finds the run.
 */
@Component
class ScheduleRepair {
    /** How long Quartz may take to do the same by itself. */
    static final Duration GRACE = Duration.ofSeconds(60);

    private static final Logger LOG = LoggerFactory.getLogger(ScheduleRepair.class);

    private static final String LOCK_ROWS = """
            INSERT INTO qrtz_locks (sched_name, lock_name)
            VALUES (:scheduler, 'TRIGGER_ACCESS'), (:scheduler, 'STATE_ACCESS')
            ON CONFLICT DO NOTHING RETURNING 'Lock ' || lock_name || ' had no row'""";

    private static final String LOCK =
            "SELECT lock_name FROM qrtz_locks WHERE sched_name = :scheduler AND lock_name = 'TRIGGER_ACCESS' FOR UPDATE";

    private static final String DROP_OVERDUE_ACQUISITIONS = """
            DELETE FROM qrtz_fired_triggers f USING qrtz_triggers t
            WHERE f.sched_name = :scheduler AND f.state = 'ACQUIRED' AND t.sched_name = f.sched_name
              AND t.trigger_name = f.trigger_name AND t.trigger_group = f.trigger_group
              AND t.next_fire_time < extract(epoch FROM clock_timestamp()) * 1000 - :grace
            RETURNING f.instance_name || ' acquired ' || t.trigger_group || '.' || t.trigger_name || ' and did not fire it'""";

    // a trigger without a next fire time has ended and does not hang
    // a trigger that is long overdue fires once, now, as Quartz would do later
    private static final String FREE_HUNG_TRIGGERS = """
            WITH hung AS (
                SELECT * FROM qrtz_triggers t
                WHERE sched_name = :scheduler AND next_fire_time > 0 AND (trigger_state = 'ERROR'
                    OR (trigger_state = 'ACQUIRED' AND NOT EXISTS (
                        SELECT FROM qrtz_fired_triggers f
                        WHERE f.sched_name = t.sched_name AND f.state = 'ACQUIRED'
                          AND f.trigger_name = t.trigger_name AND f.trigger_group = t.trigger_group))
                    OR (trigger_state = 'BLOCKED' AND NOT EXISTS (
                        SELECT FROM qrtz_fired_triggers f
                        WHERE f.sched_name = t.sched_name
                          AND f.job_name = t.job_name AND f.job_group = t.job_group))))
            UPDATE qrtz_triggers t SET trigger_state = 'WAITING', next_fire_time = CASE
                WHEN t.next_fire_time > extract(epoch FROM clock_timestamp()) * 1000 - :grace THEN t.next_fire_time
                ELSE extract(epoch FROM clock_timestamp()) * 1000 END
            FROM hung
            WHERE t.sched_name = hung.sched_name
              AND t.trigger_name = hung.trigger_name AND t.trigger_group = hung.trigger_group
            RETURNING 'Trigger ' || t.trigger_group || '.' || t.trigger_name || ' hung in ' || hung.trigger_state""";

    // other instances recover the fires of an instance whose last check-in was in 1970
    private static final String EXPIRE_UNREGISTERED = """
            INSERT INTO qrtz_scheduler_state (sched_name, instance_name, last_checkin_time, checkin_interval)
            SELECT DISTINCT sched_name, instance_name, 0, 0 FROM qrtz_fired_triggers
            WHERE sched_name = :scheduler AND fired_time < extract(epoch FROM clock_timestamp()) * 1000 - :grace
            ON CONFLICT DO NOTHING RETURNING instance_name || ' fires, but is not registered in the cluster'""";

    private static final String EXPIRE_FUTURE_CHECK_INS = """
            UPDATE qrtz_scheduler_state SET last_checkin_time = 0
            WHERE sched_name = :scheduler
              AND last_checkin_time > extract(epoch FROM clock_timestamp()) * 1000 + :grace
            RETURNING instance_name || ' checked in from the future, its clock is wrong'""";

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final FireTimeCheck fireTimeCheck;
    private final String scheduler;

    ScheduleRepair(
            JdbcClient jdbc, PlatformTransactionManager transactions, FireTimeCheck fireTimeCheck, Scheduler scheduler)
            throws SchedulerException {
        this.jdbc = jdbc;
        this.transaction = new TransactionTemplate(transactions);
        this.fireTimeCheck = fireTimeCheck;
        this.scheduler = scheduler.getSchedulerName();
    }

    /** Repairs once, and logs each repair. */
    @Scheduled(fixedRate = 15_000)
    void repair() {
        try {
            transaction.executeWithoutResult(status -> repairAll());
        } catch (DataAccessException | TransactionException e) {
            DatabaseFailure.warn(LOG, "The schedules cannot be checked", e);
        }
    }

    private void repairAll() {
        warn(LOCK_ROWS);
        jdbc.sql(LOCK).param("scheduler", scheduler).query(String.class).single();
        warn(DROP_OVERDUE_ACQUISITIONS);
        warn(FREE_HUNG_TRIGGERS);
        fireTimeCheck.reset(scheduler).forEach(LOG::warn);
        warn(EXPIRE_UNREGISTERED);
        warn(EXPIRE_FUTURE_CHECK_INS);
    }

    private void warn(String repair) {
        List<String> repaired = jdbc.sql(repair)
                .param("scheduler", scheduler)
                .param("grace", GRACE.toMillis())
                .query((row, n) -> row.getString(1))
                .list();
        repaired.forEach(line -> LOG.warn("{}: repaired", line));
    }
}
