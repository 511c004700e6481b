package dev.bes.sandbox.bes;

import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.EnumNamingStrategies;
import tools.jackson.databind.annotation.EnumNaming;

/**
 * Answers that no source documents for the real service. A client must work with each of them.
 *
 * @param doubleStart what a second start of a job does
 * @param startOfCancelled what a start of a cancelled job does
 * @param deleteBeforeStart what a DELETE does to a job that was not started
 * @param existingOutput what a job does when a blob exists at the location of its output
 * @param outputDelay time from the status Finished until the output is visible
 * @param retention time after its last change in which a job that is not under way is known; null for ever
 */
public record Assumptions(
        DoubleStart doubleStart,
        StartOfCancelled startOfCancelled,
        DeleteBeforeStart deleteBeforeStart,
        ExistingOutput existingOutput,
        Duration outputDelay,
        @Nullable Duration retention) {

    /** The safe assumptions. */
    public static final Assumptions SAFE = new Assumptions(
            DoubleStart.REFUSED,
            StartOfCancelled.REFUSED,
            DeleteBeforeStart.CANCELS,
            ExistingOutput.OVERWRITTEN,
            Duration.ZERO,
            null);

    /** @throws IllegalArgumentException when a duration is negative */
    public Assumptions {
        Objects.requireNonNull(doubleStart);
        Objects.requireNonNull(startOfCancelled);
        Objects.requireNonNull(deleteBeforeStart);
        Objects.requireNonNull(existingOutput);
        if (outputDelay.isNegative() || (retention != null && retention.isNegative())) {
            throw new IllegalArgumentException("Output delay and retention must be >= 0");
        }
    }

    /** With another answer to a second start. */
    public Assumptions withDoubleStart(DoubleStart answer) {
        return new Assumptions(answer, startOfCancelled, deleteBeforeStart, existingOutput, outputDelay, retention);
    }

    /** With another answer to the start of a cancelled job. */
    public Assumptions withStartOfCancelled(StartOfCancelled answer) {
        return new Assumptions(doubleStart, answer, deleteBeforeStart, existingOutput, outputDelay, retention);
    }

    /** With another effect of a DELETE before the start. */
    public Assumptions withDeleteBeforeStart(DeleteBeforeStart effect) {
        return new Assumptions(doubleStart, startOfCancelled, effect, existingOutput, outputDelay, retention);
    }

    /** With another treatment of an existing output. */
    public Assumptions withExistingOutput(ExistingOutput treatment) {
        return new Assumptions(doubleStart, startOfCancelled, deleteBeforeStart, treatment, outputDelay, retention);
    }

    /** With outputs that are visible this long after the status Finished. */
    public Assumptions withOutputDelay(Duration delay) {
        return new Assumptions(doubleStart, startOfCancelled, deleteBeforeStart, existingOutput, delay, retention);
    }

    /** With jobs that are forgotten this long after their last change; null for never. */
    public Assumptions withRetention(@Nullable Duration time) {
        return new Assumptions(doubleStart, startOfCancelled, deleteBeforeStart, existingOutput, outputDelay, time);
    }

    /** What a second start of a job does. */
    @EnumNaming(EnumNamingStrategies.KebabCaseStrategy.class)
    public enum DoubleStart {
        /** 400 CannotStartJob. */
        REFUSED,
        /** 204, and nothing else. */
        IDEMPOTENT,
        /** 204, and the job runs again. */
        EXECUTED_TWICE
    }

    /** What a start of a cancelled job does. */
    @EnumNaming(EnumNamingStrategies.KebabCaseStrategy.class)
    public enum StartOfCancelled {
        /** 400 CannotStartJob. */
        REFUSED,
        /** 204, and the job runs. */
        REVIVES
    }

    /** What a DELETE does to a job that was not started. */
    @EnumNaming(EnumNamingStrategies.KebabCaseStrategy.class)
    public enum DeleteBeforeStart {
        /** The job is Cancelled, so that a later start meets a cancelled job. */
        CANCELS,
        /** 204, but the job can be started as before. */
        IGNORED
    }

    /** What a job does when a blob exists at the location of its output. */
    @EnumNaming(EnumNamingStrategies.KebabCaseStrategy.class)
    public enum ExistingOutput {
        /** It replaces the blob. */
        OVERWRITTEN,
        /** It fails. */
        FAILS_THE_JOB
    }
}
