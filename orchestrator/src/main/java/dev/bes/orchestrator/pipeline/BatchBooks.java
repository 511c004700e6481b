package dev.bes.orchestrator.pipeline;

import dev.bes.orchestrator.run.DatabaseFailure;
import jakarta.annotation.PreDestroy;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.batch.core.job.DefaultJobKeyGenerator;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.JobKeyGenerator;
import org.springframework.batch.core.job.parameters.JobParametersBuilder;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes the sets that were worked on into the books of Spring Batch, those of a second by one statement: nobody reads them
 * while a set is under way, and nothing is ever restarted from them.
 */
@Component
class BatchBooks {
    private static final Logger LOG = LoggerFactory.getLogger(BatchBooks.class);
    private static final int MOST_CHARACTERS = 2_500;
    private static final int MOST_KEPT = 1_000;
    private static final JsonMapper ROWS = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .build();

    // as its own repository writes them, which takes some fifteen statements for each set: decisions/0021
    private static final String WRITE = """
            WITH done AS MATERIALIZED (
                SELECT m.*, nextval('batch_job_instance_seq') AS instance, nextval('batch_job_execution_seq') AS execution
                FROM json_to_recordset(:rows::json) AS m(
                    name text, key text, launch text, created timestamp, started timestamp, ended timestamp, updated timestamp,
                    status text, exit_code text, exit_message text, steps json)
            ), instances AS (
                INSERT INTO batch_job_instance (job_instance_id, version, job_name, job_key)
                SELECT instance, 0, name, key FROM done
            ), executions AS (
                INSERT INTO batch_job_execution (job_execution_id, version, job_instance_id, create_time, start_time, end_time,
                    last_updated, status, exit_code, exit_message)
                SELECT execution, 1, instance, created, started, ended, updated, status, exit_code, exit_message FROM done
            ), parameters AS (
                INSERT INTO batch_job_execution_params
                    (job_execution_id, parameter_name, parameter_type, parameter_value, identifying)
                SELECT execution, 'launch', 'java.lang.String', launch, 'Y' FROM done)
            INSERT INTO batch_step_execution (step_execution_id, version, step_name, job_execution_id, create_time, start_time,
                end_time, last_updated, status, exit_code, exit_message, commit_count, read_count, filter_count, write_count,
                read_skip_count, write_skip_count, process_skip_count, rollback_count)
            SELECT nextval('batch_step_execution_seq'), 1, s.name, execution, s.created, s.started, s.ended, s.updated, s.status,
                s.exit_code, s.exit_message, s.commits, s.reads, s.filtered, s.writes, 0, 0, 0, 0
            FROM done CROSS JOIN LATERAL json_to_recordset(done.steps) AS s(
                name text, created timestamp, started timestamp, ended timestamp, updated timestamp, status text,
                exit_code text, exit_message text, commits bigint, reads bigint, filtered bigint, writes bigint)""";

    private final JdbcClient jdbc;
    private final JobKeyGenerator keys = new DefaultJobKeyGenerator();
    private final Queue<Done> done = new ConcurrentLinkedQueue<>();

    BatchBooks(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Takes note of what became of a set. */
    void keep(JobExecution execution) {
        String launch = UUID.randomUUID().toString();
        String key = keys.generateKey(
                new JobParametersBuilder().addString("launch", launch).toJobParameters());
        done.add(Done.of(execution, launch, key));
    }

    /** Writes down what was taken note of; if the database is away, later. */
    @PreDestroy
    @Scheduled(fixedRate = 1_000)
    void write() {
        List<Done> rows = new ArrayList<>();
        for (Done next = done.poll(); next != null; next = done.poll()) {
            rows.add(next);
        }
        try {
            if (!rows.isEmpty()) {
                jdbc.sql(WRITE).param("rows", ROWS.writeValueAsString(rows)).update();
            }
        } catch (DataAccessException e) {
            if (DatabaseFailure.isOutage(e) && rows.size() <= MOST_KEPT) {
                done.addAll(rows);
                return;
            }
            LOG.warn(
                    "{} sets, the last of them a {}, are missing in the books of Spring Batch: {}",
                    rows.size(),
                    rows.getLast().name,
                    e.getMessage());
        }
    }

    private record Done(
            String name,
            String key,
            String launch,
            LocalDateTime created,
            @Nullable LocalDateTime started,
            @Nullable LocalDateTime ended,
            @Nullable LocalDateTime updated,
            String status,
            String exitCode,
            String exitMessage,
            List<DoneStep> steps) {

        static Done of(JobExecution job, String launch, String key) {
            return new Done(
                    job.getJobInstance().getJobName(),
                    key,
                    launch,
                    job.getCreateTime(),
                    job.getStartTime(),
                    job.getEndTime(),
                    job.getLastUpdated(),
                    job.getStatus().name(),
                    job.getExitStatus().getExitCode(),
                    fitting(job.getExitStatus().getExitDescription()),
                    job.getStepExecutions().stream().map(DoneStep::of).toList());
        }
    }

    private record DoneStep(
            String name,
            LocalDateTime created,
            @Nullable LocalDateTime started,
            @Nullable LocalDateTime ended,
            @Nullable LocalDateTime updated,
            String status,
            String exitCode,
            String exitMessage,
            long commits,
            long reads,
            long filtered,
            long writes) {

        static DoneStep of(StepExecution step) {
            return new DoneStep(
                    step.getStepName(),
                    step.getCreateTime(),
                    step.getStartTime(),
                    step.getEndTime(),
                    step.getLastUpdated(),
                    step.getStatus().name(),
                    step.getExitStatus().getExitCode(),
                    fitting(step.getExitStatus().getExitDescription()),
                    step.getCommitCount(),
                    step.getReadCount(),
                    step.getFilterCount(),
                    step.getWriteCount());
        }
    }

    /** As much as there is room for in a column, without what PostgreSQL takes in no text. */
    private static String fitting(String message) {
        String clean = message.replace("\0", "");
        return clean.substring(0, Math.min(clean.length(), MOST_CHARACTERS));
    }
}
