package dev.bes.api.run;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A scoring.
 *
 * @param position its number in the run, from 1
 * @param step the last fact durably known
 * @param state its state
 * @param stopReason why it is being stopped; null if it is not
 * @param attention why it needs attention; null if it does not
 * @param cause why it failed, was cancelled, or waits
 * @param files names of the input files by input
 * @param dueAt when it is checked next
 * @param endedAt when it ended
 * @param attempts its attempts, first to last
 * @param outputs its delivered outputs by name
 * @param sharedJob with whom it shares a remote job; null if it shares none
 * @param links {@code resume}, if it needs attention
 */
public record ScoringJson(
        int position,
        StepJson step,
        StateJson state,
        @Nullable String stopReason,
        @Nullable String attention,
        @Nullable String cause,
        Map<String, String> files,
        @Nullable Instant dueAt,
        @Nullable Instant endedAt,
        List<AttemptJson> attempts,
        Map<String, OutputJson> outputs,
        @Nullable SharedJobJson sharedJob,
        Map<String, String> links) {

    /**
     * A remote job that several scorings share.
     *
     * @param run the run that has it
     * @param files how many files are in it, or wait for it
     */
    public record SharedJobJson(long run, int files) {}

    /**
     * An attempt.
     *
     * @param number its number, from 1
     * @param state its state
     * @param cause why it failed or was cancelled
     * @param service how it is scored, once that is known: JOB by a remote job, RRS by one call of the Request/Response Service, ROWS in batches of rows
     * @param jobId id of the remote job; null if RRS scored it, or its rows are scored in batches
     * @param rowsIn data rows of the first input
     * @param rowsScored rows that are scored so far; null if they are not scored in batches
     * @param stagedAt when its inputs were staged
     * @param submittedAt when the id of the remote job was committed
     * @param startedAt when the start was confirmed
     * @param scoredAt when the remote job was seen finished, or RRS had answered
     * @param endedAt when it ended
     */
    public record AttemptJson(
            int number,
            StateJson state,
            @Nullable String cause,
            @Nullable String service,
            @Nullable String jobId,
            long rowsIn,
            @Nullable Long rowsScored,
            Instant stagedAt,
            @Nullable Instant submittedAt,
            @Nullable Instant startedAt,
            @Nullable Instant scoredAt,
            @Nullable Instant endedAt) {}

    /**
     * A delivered output.
     *
     * @param href where to fetch it
     * @param rows data rows
     * @param bytes size
     * @param sha256 hash in hex
     */
    public record OutputJson(String href, long rows, long bytes, String sha256) {}
}
