package dev.bes.orchestrator.pipeline.batch;

import dev.bes.orchestrator.pipeline.batch.MetadataWriter.Execution;
import dev.bes.orchestrator.pipeline.batch.MetadataWriter.Parameter;
import dev.bes.orchestrator.pipeline.batch.MetadataWriter.State;
import dev.bes.orchestrator.pipeline.batch.MetadataWriter.Step;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.HashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.Entity;
import org.springframework.batch.core.ExitStatus;
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

/** Converts job executions to rows, with Spring Batch's own formats of parameters and contexts. */
final class MetadataRows {
    /** Maximum number of characters in a text column. */
    static final int MAX_TEXT = 2_500;

    private static final String ELLIPSIS = " ...";

    private final JobKeyGenerator keys;
    private final ExecutionContextSerializer serializer = new DefaultExecutionContextSerializer();
    private final DefaultConversionService conversion = new DefaultConversionService();

    MetadataRows(JobKeyGenerator keys) {
        this.keys = keys;
        conversion.addConverter(new DateToStringConverter());
        conversion.addConverter(new LocalDateToStringConverter());
        conversion.addConverter(new LocalTimeToStringConverter());
        conversion.addConverter(new LocalDateTimeToStringConverter());
    }

    /** The row of an execution. */
    Execution of(JobExecution e) {
        return new Execution(
                state(
                        e,
                        e.getCreateTime(),
                        e.getStartTime(),
                        e.getEndTime(),
                        e.getLastUpdated(),
                        e.getStatus(),
                        e.getExitStatus(),
                        e.getExecutionContext()),
                e.getJobInstance().getId(),
                e.getJobInstance().getVersion(),
                e.getJobInstance().getJobName(),
                keys.generateKey(e.getJobParameters()),
                e.getJobParameters().parameters().stream().map(this::of).toList(),
                e.getStepExecutions().stream().map(this::of).toList());
    }

    private Parameter of(JobParameter<?> parameter) {
        return new Parameter(
                parameter.name(),
                parameter.type().getName(),
                conversion.convert(parameter.value(), String.class),
                parameter.identifying() ? "Y" : "N");
    }

    private Step of(StepExecution e) {
        return new Step(
                state(
                        e,
                        e.getCreateTime(),
                        e.getStartTime(),
                        e.getEndTime(),
                        e.getLastUpdated(),
                        e.getStatus(),
                        e.getExitStatus(),
                        e.getExecutionContext()),
                e.getStepName(),
                e.getCommitCount(),
                e.getReadCount(),
                e.getFilterCount(),
                e.getWriteCount(),
                e.getReadSkipCount(),
                e.getWriteSkipCount(),
                e.getProcessSkipCount(),
                e.getRollbackCount());
    }

    private State state(
            Entity entity,
            LocalDateTime created,
            @Nullable LocalDateTime started,
            @Nullable LocalDateTime ended,
            @Nullable LocalDateTime updated,
            BatchStatus status,
            ExitStatus exit,
            ExecutionContext context) {
        String all = serialized(context);
        boolean fits = all.length() <= MAX_TEXT;
        return new State(
                entity.getId(),
                entity.getVersion(),
                created,
                started,
                ended,
                updated,
                status.name(),
                truncated(exit.getExitCode()),
                truncated(exit.getExitDescription()),
                fits ? all : all.substring(0, MAX_TEXT - 2 * ELLIPSIS.length()) + ELLIPSIS,
                fits ? null : all);
    }

    private String serialized(ExecutionContext context) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            serializer.serialize(new HashMap<>(context.toMap()), out);
        } catch (IOException e) {
            throw new UncheckedIOException("An execution context can't be serialized", e);
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    /** Truncates a text to the width of a column, without NUL characters, which PostgreSQL refuses. */
    private static String truncated(String text) {
        String clean = text.replace("\0", "");
        return clean.substring(0, Math.min(clean.length(), MAX_TEXT));
    }
}
