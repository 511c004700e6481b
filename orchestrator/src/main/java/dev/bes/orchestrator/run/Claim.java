package dev.bes.orchestrator.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.bes.orchestrator.definition.Definition;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A scoring that this node holds by a lease. The epoch of the claim guards every move of it.
 *
 * @param scoring id of the scoring
 * @param run id of its run
 * @param position its ordinal in the run, from 1
 * @param endpoint name of the endpoint
 * @param scoringState where it stood when claimed, or after the last move made with this claim
 * @param stopReason why it is being stopped; null if it is not
 * @param attempt number of the current attempt, from 1
 * @param epoch fence: a later claim has a higher one
 * @param failures failed calls in a row
 * @param notFoundCount times in a row that the remote service did not know the job
 * @param expiredLeases takeovers in a row from a node whose lease expired
 * @param unreadableInputs attempts that do not count, as their jobs could not read their input
 * @param inputs where its inputs come from, by input name
 * @param parameters resolved global parameters
 * @param delivery folder of the outputs, relative to the delivery root
 * @param definition the definition as frozen into the run
 * @param facts what is known of the current attempt, from STAGED on
 * @param inStepSince {@link System#nanoTime} when it came to its step; null if this is not recorded
 * @param traceparent the trace of its run; null if it has none
 */
public record Claim(
        long scoring,
        long run,
        int position,
        String endpoint,
        ScoringState scoringState,
        @Nullable StopReason stopReason,
        int attempt,
        long epoch,
        int failures,
        int notFoundCount,
        int expiredLeases,
        int unreadableInputs,
        Map<String, InputSource> inputs,
        Map<String, String> parameters,
        String delivery,
        Definition definition,
        @Nullable Facts facts,
        @Nullable Long inStepSince,
        @Nullable String traceparent) {

    /**
     * What is durably known of an attempt.
     *
     * @param staged the checked inputs by name
     * @param rowsIn data rows of the first input
     * @param nonce names the output folder of the call that made the job, or may have
     * @param jobId id of the remote job; null while only an answer or a search can tell it
     * @param intents submit calls so far
     * @param sinceSubmitted time since the id was committed
     * @param sinceStarted time since the start was confirmed
     * @param sinceScored time since the remote job was seen finished, or the one call was answered
     * @param part where its rows are, if they came with those of others; else null
     * @param rowParts the parts of its outputs so far, in the order of the rows, if it is scored in batches; null while no batch
     *     was sent whose answer is kept
     */
    public record Facts(
            Map<String, StagedInput> staged,
            long rowsIn,
            @Nullable UUID nonce,
            @Nullable String jobId,
            int intents,
            @Nullable Duration sinceSubmitted,
            @Nullable Duration sinceStarted,
            @Nullable Duration sinceScored,
            @Nullable Part part,
            @Nullable List<RowPart> rowParts) {}

    /**
     * A part of the outputs of an attempt that is scored in batches.
     *
     * @param from first byte of its rows in the input
     * @param to byte after the last one
     * @param rows how many rows
     */
    public record RowPart(long from, long to, long rows) {}

    /**
     * A part of a blob in our container.
     *
     * @param blob path in our container
     * @param from first byte, from 0
     * @param length bytes
     */
    public record Part(String blob, long from, long length) {}

    /**
     * A checked input in the blob store.
     *
     * @param blob path in our container
     * @param rows data rows
     * @param bytes size
     * @param sha256 hash in hex
     * @param etag its version, as header {@code ETag} of the store names it; null if an earlier version of this service staged it
     */
    public record StagedInput(
            String blob,
            long rows,
            long bytes,
            String sha256,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            String etag) {

        /** An input whose version is not known. */
        public StagedInput(String blob, long rows, long bytes, String sha256) {
            this(blob, rows, bytes, sha256, null);
        }
    }

    /**
     * What has become of a scoring that shares the remote job of another one.
     *
     * @param scoring its id
     * @param staged its input in the folder of the job
     * @param part its rows in the answer
     * @param cause why it has neither of them
     * @param leaves whether it may share another job, as nothing was executed for it
     */
    public record MemberOutcome(
            long scoring,
            @Nullable StagedInput staged,
            @Nullable Part part,
            @Nullable String cause,
            boolean leaves) {

        /** Keeps the cause fit for the database. */
        public MemberOutcome {
            cause = CauseText.of(cause);
        }

        /** Its input is staged. */
        public static MemberOutcome staged(long scoring, StagedInput input) {
            return new MemberOutcome(scoring, input, null, null, false);
        }

        /** Its rows are complete. */
        public static MemberOutcome answered(long scoring, Part part) {
            return new MemberOutcome(scoring, null, part, null, false);
        }

        /** Its input cannot be scored, or its rows are not complete. */
        public static MemberOutcome failed(long scoring, String cause) {
            return new MemberOutcome(scoring, null, null, cause, false);
        }

        /**
         * It may share another job.
         *
         * @param cause what went wrong; null if nothing did
         */
        public static MemberOutcome leaving(long scoring, @Nullable String cause) {
            return new MemberOutcome(scoring, null, null, cause, true);
        }
    }

    /** The facts of an attempt that is past PLANNED. */
    public Facts known() {
        if (facts == null) {
            throw new IllegalStateException("Scoring " + scoring + " has nothing staged yet");
        }
        return facts;
    }

    /** Whether other scorings share its remote job: its inputs are theirs, and it delivers nothing itself. */
    public boolean isCarrier() {
        return inputs.values().stream().anyMatch(InputSource.Folded.class::isInstance);
    }

    /** Whether it shares the remote job of another scoring, its carrier. */
    public boolean isMember() {
        return definition.fold() != null && !isCarrier();
    }

    /** For how long it has been in its step, as far as this is recorded. */
    public Optional<Duration> inStep() {
        return Optional.ofNullable(inStepSince).map(since -> Duration.ofNanos(Math.max(0, System.nanoTime() - since)));
    }

    /** How many attempts count so far, the current one included. */
    public int attemptsMade() {
        return attempt - unreadableInputs;
    }

    /** The id of the remote job of an attempt that is past STAGED. */
    public String jobId() {
        String id = known().jobId();
        if (id == null) {
            throw new IllegalStateException("Scoring " + scoring + " has no remote job yet");
        }
        return id;
    }

    Claim at(ScoringState to) {
        return new Claim(
                scoring,
                run,
                position,
                endpoint,
                to,
                stopReason,
                attempt,
                epoch,
                0,
                0,
                0,
                unreadableInputs,
                inputs,
                parameters,
                delivery,
                definition,
                facts,
                to.step() == scoringState.step() ? inStepSince : (Long) System.nanoTime(),
                traceparent);
    }

    Claim with(Facts now) {
        return new Claim(
                scoring,
                run,
                position,
                endpoint,
                scoringState,
                stopReason,
                attempt,
                epoch,
                failures,
                notFoundCount,
                expiredLeases,
                unreadableInputs,
                inputs,
                parameters,
                delivery,
                definition,
                now,
                inStepSince,
                traceparent);
    }
}
