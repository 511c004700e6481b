package dev.bes.orchestrator.pipeline.batch;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.time.LocalDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes job executions to Spring Batch's tables, with their instances, parameters, steps and contexts, as Spring Batch's JDBC
 * repository does, but with one statement. Writing an execution again updates its state.
 */
final class MetadataWriter {
    private static final JsonMapper JSON = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .build();

    private static final String WRITE = """
            WITH written AS MATERIALIZED (
                SELECT * FROM json_to_recordset(:rows::json) AS e(
                    instance bigint, instance_version bigint, name text, key text, id bigint, version bigint, created timestamp,
                    started timestamp, ended timestamp, updated timestamp, status text, exit_code text, exit_message text,
                    short_context text, long_context text, parameters json, steps json)
            ), steps AS MATERIALIZED (
                SELECT written.id AS execution, s.* FROM written CROSS JOIN LATERAL json_to_recordset(written.steps) AS s(
                    id bigint, version bigint, name text, created timestamp, started timestamp, ended timestamp,
                    updated timestamp, status text, exit_code text, exit_message text, commits bigint, reads bigint,
                    filtered bigint, writes bigint, read_skips bigint, write_skips bigint, process_skips bigint,
                    rollbacks bigint, short_context text, long_context text)
            ), instances AS (
                INSERT INTO batch_job_instance (job_instance_id, version, job_name, job_key)
                SELECT instance, instance_version, name, key FROM written ON CONFLICT DO NOTHING
            ), executions AS (
                INSERT INTO batch_job_execution (job_execution_id, version, job_instance_id, create_time, start_time, end_time,
                    last_updated, status, exit_code, exit_message)
                SELECT id, version, instance, created, started, ended, updated, status, exit_code, exit_message FROM written
                ON CONFLICT (job_execution_id) DO UPDATE SET version = excluded.version, end_time = excluded.end_time,
                    last_updated = excluded.last_updated, status = excluded.status, exit_code = excluded.exit_code,
                    exit_message = excluded.exit_message
            ), parameters AS (
                INSERT INTO batch_job_execution_params
                    (job_execution_id, parameter_name, parameter_type, parameter_value, identifying)
                SELECT id, p.name, p.type, p.value, p.identifying
                FROM written CROSS JOIN LATERAL json_to_recordset(parameters) AS p(
                    name text, type text, value text, identifying text)
                ON CONFLICT DO NOTHING
            ), contexts AS (
                INSERT INTO batch_job_execution_context (job_execution_id, short_context, serialized_context)
                SELECT id, short_context, long_context FROM written ON CONFLICT DO NOTHING
            ), step_executions AS (
                INSERT INTO batch_step_execution (step_execution_id, version, step_name, job_execution_id, create_time,
                    start_time, end_time, last_updated, status, exit_code, exit_message, commit_count, read_count, filter_count,
                    write_count, read_skip_count, write_skip_count, process_skip_count, rollback_count)
                SELECT id, version, name, execution, created, started, ended, updated, status, exit_code, exit_message, commits,
                    reads, filtered, writes, read_skips, write_skips, process_skips, rollbacks
                FROM steps ON CONFLICT DO NOTHING
            )
            INSERT INTO batch_step_execution_context (step_execution_id, short_context, serialized_context)
            SELECT id, short_context, long_context FROM steps ON CONFLICT DO NOTHING""";

    private final JdbcClient jdbc;

    MetadataWriter(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** What job executions and step executions have in common. */
    record State(
            long id,
            @Nullable Integer version,
            LocalDateTime created,
            @Nullable LocalDateTime started,
            @Nullable LocalDateTime ended,
            @Nullable LocalDateTime updated,
            String status,
            String exitCode,
            String exitMessage,
            String shortContext,
            @Nullable String longContext) {}

    record Execution(
            @JsonUnwrapped State state,
            long instance,
            @Nullable Integer instanceVersion,
            String name,
            String key,
            List<Parameter> parameters,
            List<Step> steps) {}

    record Parameter(String name, String type, @Nullable String value, String identifying) {}

    record Step(
            @JsonUnwrapped State state,
            String name,
            long commits,
            long reads,
            long filtered,
            long writes,
            long readSkips,
            long writeSkips,
            long processSkips,
            long rollbacks) {}

    /**
     * Writes executions.
     *
     * @throws org.springframework.dao.DataAccessException if none was written, or if the result of the commit is unknown
     */
    void write(List<Execution> executions) {
        jdbc.sql(WRITE).param("rows", JSON.writeValueAsString(executions)).update();
    }
}
