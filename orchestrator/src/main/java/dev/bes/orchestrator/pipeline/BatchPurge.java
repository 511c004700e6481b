package dev.bes.orchestrator.pipeline;

import dev.bes.orchestrator.run.DatabaseFailure;
import dev.bes.orchestrator.run.RetentionSettings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Forgets old books of Spring Batch, in batches: also what crashes left there, such as an instance that never got an
 * execution, or an execution that never ended. Nobody reads them, so nobody else would mend them.
 */
@Component
class BatchPurge {
    private static final Logger LOG = LoggerFactory.getLogger(BatchPurge.class);
    private static final int BATCH = 500;

    // = ANY(ARRAY(…)) rather than IN: whatever the planner thinks of their number, so few are found by the indexes.
    // Batch writes times without a zone by the node's zone, which is also the zone of our session. An instance has no
    // time of its own, but their numbers grow: one below an old one is old.
    private static final String PURGE = """
            WITH old AS MATERIALIZED (
                SELECT job_instance_id AS id FROM batch_job_instance
                WHERE job_instance_id <= (
                    SELECT job_instance_id FROM batch_job_execution
                    WHERE create_time < localtimestamp - :age * interval '1 ms' ORDER BY create_time DESC LIMIT 1)
                ORDER BY job_instance_id LIMIT :batch FOR UPDATE SKIP LOCKED
            ), executions AS MATERIALIZED (
                SELECT job_execution_id AS id FROM batch_job_execution WHERE job_instance_id = ANY(ARRAY(SELECT id FROM old))
            ), steps AS (
                DELETE FROM batch_step_execution WHERE job_execution_id = ANY(ARRAY(SELECT id FROM executions))
                RETURNING step_execution_id AS id
            ), step_contexts AS (
                DELETE FROM batch_step_execution_context WHERE step_execution_id = ANY(ARRAY(SELECT id FROM steps))
            ), contexts AS (
                DELETE FROM batch_job_execution_context WHERE job_execution_id = ANY(ARRAY(SELECT id FROM executions))
            ), params AS (
                DELETE FROM batch_job_execution_params WHERE job_execution_id = ANY(ARRAY(SELECT id FROM executions))
            ), gone AS (
                DELETE FROM batch_job_execution WHERE job_execution_id = ANY(ARRAY(SELECT id FROM executions))
            )
            DELETE FROM batch_job_instance WHERE job_instance_id = ANY(ARRAY(SELECT id FROM old))""";

    private final JdbcClient jdbc;
    private final RetentionSettings settings;

    BatchPurge(JdbcClient jdbc, RetentionSettings settings) {
        this.jdbc = jdbc;
        this.settings = settings;
    }

    @Scheduled(fixedDelayString = "${orchestrator.retention.every:5s}")
    void purge() {
        try {
            purge(BATCH);
        } catch (DataAccessException e) {
            DatabaseFailure.warn(LOG, "Old books of Spring Batch could not be purged", e);
        }
    }

    /**
     * Purges so many instances at most, in a transaction of its own.
     *
     * @return how many instances are gone
     */
    int purge(int batch) {
        return jdbc.sql(PURGE)
                .param("age", settings.books().toMillis())
                .param("batch", batch)
                .update();
    }
}
