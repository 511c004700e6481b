package dev.bes.orchestrator.run.query;

import dev.bes.orchestrator.run.Attention;
import dev.bes.orchestrator.run.Claim.StagedInput;
import dev.bes.orchestrator.run.DeliveredOutput;
import dev.bes.orchestrator.run.State;
import dev.bes.orchestrator.run.Step;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A scoring as its user sees it.
 *
 * @param position its number in the run, from 1
 * @param step the last fact durably known
 * @param state one of the five words
 * @param stopReason why it is being stopped; null if it is not
 * @param attention why it needs attention; null if it does not
 * @param cause why it failed, was cancelled, or waits
 * @param files names of the input files by input
 * @param dueAt when a sweep claims it next
 * @param endedAt when it ended
 * @param attempts its attempts, first to last
 * @param sharedJob with whom it shares a remote job; null if it shares none
 */
public record ScoringView(
        int position,
        Step step,
        State state,
        @Nullable String stopReason,
        @Nullable Attention attention,
        @Nullable String cause,
        Map<String, String> files,
        @Nullable Instant dueAt,
        @Nullable Instant endedAt,
        List<AttemptView> attempts,
        @Nullable SharedJob sharedJob) {

    /** The same scoring, which waits for that reason. */
    ScoringView waiting(String reason) {
        return new ScoringView(
                position, step, state, stopReason, attention, reason, files, dueAt, endedAt, attempts, sharedJob);
    }

    /**
     * A remote job that several scorings share.
     *
     * @param run the run that has it
     * @param files how many files are in it, or wait for it
     */
    public record SharedJob(long run, int files) {}

    /**
     * An attempt as its user sees it.
     *
     * @param number its number, from 1
     * @param state one of the five words
     * @param cause why it failed or was cancelled
     * @param service how it is scored, once that is known
     * @param jobId id of the remote job; none if RRS scored it, or its rows are scored in batches
     * @param rowsIn data rows of the first input
     * @param rowsScored rows that are scored so far, if they are scored in batches
     * @param staged the checked inputs
     * @param outputs the delivered outputs
     * @param stagedAt when its inputs were staged
     * @param submittedAt when the id of the remote job was committed
     * @param startedAt when the start was confirmed
     * @param scoredAt when the remote job was seen finished, or RRS had answered
     * @param endedAt when it ended
     */
    public record AttemptView(
            int number,
            State state,
            @Nullable String cause,
            @Nullable Service service,
            @Nullable String jobId,
            long rowsIn,
            @Nullable Long rowsScored,
            Map<String, StagedInput> staged,
            Map<String, DeliveredOutput> outputs,
            Instant stagedAt,
            @Nullable Instant submittedAt,
            @Nullable Instant startedAt,
            @Nullable Instant scoredAt,
            @Nullable Instant endedAt) {}

    /** The ways to be scored. */
    public enum Service {
        /** A remote job, of whatever kind. */
        JOB,
        /** The Request/Response Service: one call. */
        RRS,
        /** A service without jobs, in batches of rows. */
        ROWS
    }
}
