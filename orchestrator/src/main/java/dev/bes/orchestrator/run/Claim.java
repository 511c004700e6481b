package dev.bes.orchestrator.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.bes.orchestrator.definition.Definition;
import java.time.Duration;
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
     */
    public record Facts(
            Map<String, StagedInput> staged,
            long rowsIn,
            @Nullable UUID nonce,
            @Nullable String jobId,
            int intents,
            @Nullable Duration sinceSubmitted,
            @Nullable Duration sinceStarted,
            @Nullable Duration sinceScored) {}

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

    /** The facts of an attempt that is past PLANNED. */
    public Facts known() {
        if (facts == null) {
            throw new IllegalStateException("Scoring " + scoring + " has nothing staged yet");
        }
        return facts;
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
