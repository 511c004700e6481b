package dev.bes.orchestrator.pipeline.batch;

import java.time.Duration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Purges old metadata of Spring Batch, in batches. This includes what a crash leaves: an instance without an execution, or an
 * execution that never ended.
 */
@Component
public class BatchPurge {
    // = ANY(ARRAY(…)) rather than IN: whatever the planner thinks of their number, so few are found by the indexes.
    // Batch writes times without a zone by the node's zone, which is also the zone of our session. An instance has no
    // time of its own, but ids grow, give or take a minute: one below an old one is old.
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
            ), purged AS (
                DELETE FROM batch_job_execution WHERE job_execution_id = ANY(ARRAY(SELECT id FROM executions))
            )
            DELETE FROM batch_job_instance WHERE job_instance_id = ANY(ARRAY(SELECT id FROM old))""";

    private final JdbcClient jdbc;

    BatchPurge(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Purges one batch in a transaction of its own.
     *
     * @param age minimum age of an execution
     * @param batch maximum number of instances
     * @return the number of instances that were purged
     */
    public int purge(Duration age, int batch) {
        return jdbc.sql(PURGE)
                .param("age", age.toMillis())
                .param("batch", batch)
                .update();
    }
}
