package dev.bes.orchestrator.pipeline.batch;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.converter.DateToStringConverter;
import org.springframework.batch.core.converter.LocalDateTimeToStringConverter;
import org.springframework.batch.core.converter.LocalDateToStringConverter;
import org.springframework.batch.core.converter.LocalTimeToStringConverter;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.JobKeyGenerator;
import org.springframework.batch.core.job.parameters.JobParameter;
import org.springframework.batch.core.repository.ExecutionContextSerializer;
import org.springframework.batch.core.repository.dao.DefaultExecutionContextSerializer;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.core.convert.support.DefaultConversionService;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes job executions to Spring Batch's tables, with their instances, parameters, steps and contexts, as Spring Batch's JDBC
 * repository would, but all by one statement. It may be given an execution again: then its state is brought up to date.
 */
final class MetadataWriter {
    /** Characters that the columns of texts take. */
    static final int LONGEST_TEXT = 2_500;

    private static final String CUT = " ...";
    private static final JsonMapper ROWS = JsonMapper.builder()
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
    private final JobKeyGenerator keys;
    private final ExecutionContextSerializer serializer = new DefaultExecutionContextSerializer();
    private final DefaultConversionService conversion = new DefaultConversionService();

    MetadataWriter(JdbcClient jdbc, JobKeyGenerator keys) {
        this.jdbc = jdbc;
        this.keys = keys;
        conversion.addConverter(new DateToStringConverter());
        conversion.addConverter(new LocalDateToStringConverter());
        conversion.addConverter(new LocalTimeToStringConverter());
        conversion.addConverter(new LocalDateTimeToStringConverter());
    }

    /**
     * Writes executions as they stand.
     *
     * @throws org.springframework.dao.DataAccessException if none of them, or nobody knows whether all of them, were written
     */
    void write(Collection<JobExecution> executions) {
        jdbc.sql(WRITE)
                .param(
                        "rows",
                        ROWS.writeValueAsString(
                                executions.stream().map(this::row).toList()))
                .update();
    }

    private record ExecutionRow(
            long instance,
            @Nullable Integer instanceVersion,
            String name,
            String key,
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
            @Nullable String longContext,
            List<ParameterRow> parameters,
            List<StepRow> steps) {}

    private record ParameterRow(
            String name, String type, @Nullable String value, String identifying) {}

    private record StepRow(
            long id,
            @Nullable Integer version,
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
            long writes,
            long readSkips,
            long writeSkips,
            long processSkips,
            long rollbacks,
            String shortContext,
            @Nullable String longContext) {}

    private ExecutionRow row(JobExecution execution) {
        String context = serialized(execution.getExecutionContext());
        return new ExecutionRow(
                execution.getJobInstance().getId(),
                execution.getJobInstance().getVersion(),
                execution.getJobInstance().getJobName(),
                keys.generateKey(execution.getJobParameters()),
                execution.getId(),
                execution.getVersion(),
                execution.getCreateTime(),
                execution.getStartTime(),
                execution.getEndTime(),
                execution.getLastUpdated(),
                execution.getStatus().name(),
                fitting(execution.getExitStatus().getExitCode()),
                fitting(execution.getExitStatus().getExitDescription()),
                shortened(context),
                whole(context),
                execution.getJobParameters().parameters().stream()
                        .map(this::row)
                        .toList(),
                execution.getStepExecutions().stream().map(this::row).toList());
    }

    private ParameterRow row(JobParameter<?> parameter) {
        return new ParameterRow(
                parameter.name(),
                parameter.type().getName(),
                conversion.convert(parameter.value(), String.class),
                parameter.identifying() ? "Y" : "N");
    }

    private StepRow row(StepExecution step) {
        String context = serialized(step.getExecutionContext());
        return new StepRow(
                step.getId(),
                step.getVersion(),
                step.getStepName(),
                step.getCreateTime(),
                step.getStartTime(),
                step.getEndTime(),
                step.getLastUpdated(),
                step.getStatus().name(),
                fitting(step.getExitStatus().getExitCode()),
                fitting(step.getExitStatus().getExitDescription()),
                step.getCommitCount(),
                step.getReadCount(),
                step.getFilterCount(),
                step.getWriteCount(),
                step.getReadSkipCount(),
                step.getWriteSkipCount(),
                step.getProcessSkipCount(),
                step.getRollbackCount(),
                shortened(context),
                whole(context));
    }

    private String serialized(ExecutionContext context) {
        Map<String, Object> values =
                context.entrySet().stream().collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            serializer.serialize(values, out);
        } catch (IOException e) {
            throw new UncheckedIOException("An execution context can't be serialized", e);
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    private static String shortened(String context) {
        return context.length() > LONGEST_TEXT ? context.substring(0, LONGEST_TEXT - 2 * CUT.length()) + CUT : context;
    }

    private static @Nullable String whole(String context) {
        return context.length() > LONGEST_TEXT ? context : null;
    }

    /** As much as there is room for in a column, without what PostgreSQL takes in no text. */
    private static String fitting(String text) {
        String clean = text.replace("\0", "");
        return clean.substring(0, Math.min(clean.length(), LONGEST_TEXT));
    }
}
