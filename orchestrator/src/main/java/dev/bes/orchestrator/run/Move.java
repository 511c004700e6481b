package dev.bes.orchestrator.run;

import static dev.bes.orchestrator.run.State.CANCELLED;
import static dev.bes.orchestrator.run.State.FAILED;
import static dev.bes.orchestrator.run.State.FINISHED;
import static dev.bes.orchestrator.run.State.NOT_STARTED;
import static dev.bes.orchestrator.run.State.RUNNING;

import dev.bes.orchestrator.run.Claim.MemberOutcome;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One move of a claimed scoring to another step or state, with the new facts of its attempt.
 *
 * @param claim the claim that guards the move
 * @param to step and state afterwards
 * @param attempt number of the attempt afterwards
 * @param stopReason why it is being stopped, afterwards
 * @param due when a sweep may claim it next, from now; meaningless for an end
 * @param hold whether the node keeps the claim
 * @param cause why, shown to users
 * @param remoteWord the remote's own word for its state
 * @param fact the new fact about the attempt
 */
public record Move(
        Claim claim,
        ScoringState to,
        int attempt,
        @Nullable StopReason stopReason,
        Duration due,
        boolean hold,
        @Nullable String cause,
        @Nullable String remoteWord,
        Fact fact) {

    /** Cleans the texts that come from outside. */
    public Move {
        cause = CauseText.of(cause);
        remoteWord = CauseText.of(remoteWord);
    }

    /** A new fact about the attempt. */
    public sealed interface Fact {
        /** No new fact. */
        record Nothing() implements Fact {}

        /** The inputs are in the blob store; those of the members of a fold in one folder. */
        record Staged(Map<String, Claim.StagedInput> inputs, long rowsIn, List<MemberOutcome> members)
                implements Fact {}

        /** The answer to the members of a fold is taken apart, or none of them is left for a job. */
        record Unfolded(List<MemberOutcome> members) implements Fact {}

        /** The remote job has this id. */
        record Submitted(UUID nonce, String jobId) implements Fact {}

        /** The call that creates and starts a job may have been sent, with the nonce. Its answer has the id. */
        record Called(UUID nonce) implements Fact {}

        /** The start is confirmed. If one call created and started the job, its answer also has the id. */
        record Started(@Nullable Submitted job) implements Fact {}

        /** The remote service works on the job. */
        record Running() implements Fact {}

        /** The remote service has finished the job, or has scored all rows in batches; then it is known how many. */
        record Scored(@Nullable Long rows) implements Fact {}

        /** One call has scored it. Its answer is in the blob store, in the folder named by the nonce. */
        record Answered(UUID nonce) implements Fact {}

        /** It needs attention, until a user resumes it or cancels its run. */
        record NeedsAttention(Attention attention) implements Fact {}

        /** A user has resumed it. */
        record Resumed() implements Fact {}

        /** The attempt has ended without an execution, and does not count. The next one may need attention. */
        record InputUnreadable(@Nullable Attention attention) implements Fact {}

        /** The attempt has ended. */
        record Ended(State state, @Nullable Map<String, DeliveredOutput> outputs) implements Fact {}
    }

    /** The answer of a fold is taken apart, which is all that there is to do. */
    public static Move unfolded(Claim claim, List<MemberOutcome> members, String note) {
        return atOnce(claim, new ScoringState(Step.DELIVERED, FINISHED), note, null, new Fact.Unfolded(members));
    }

    /** The fold ends before a job, as nothing is left to be scored. */
    public static Move empty(Claim claim, List<MemberOutcome> members, String cause) {
        return atOnce(claim, new ScoringState(Step.PLANNED, CANCELLED), cause, null, new Fact.Unfolded(members));
    }

    /** The inputs are staged; the claim goes on for another lease. */
    public static Move staged(Claim claim, Map<String, Claim.StagedInput> inputs, long rowsIn, Duration lease) {
        return staged(claim, inputs, rowsIn, List.of(), lease);
    }

    /** The same with the members of a fold. */
    public static Move staged(
            Claim claim,
            Map<String, Claim.StagedInput> inputs,
            long rowsIn,
            List<MemberOutcome> members,
            Duration lease) {
        return held(claim, new ScoringState(Step.STAGED, NOT_STARTED), lease, new Fact.Staged(inputs, rowsIn, members));
    }

    /** The remote job's id is committed; the claim goes on for another lease. */
    public static Move submitted(Claim claim, UUID nonce, String jobId, Duration lease) {
        return held(claim, new ScoringState(Step.SUBMITTED, NOT_STARTED), lease, new Fact.Submitted(nonce, jobId));
    }

    /** From now on a call that creates and starts a job may have been sent. The claim goes on for another lease. */
    public static Move called(Claim claim, UUID nonce, Duration lease) {
        return held(claim, new ScoringState(Step.SUBMITTED, NOT_STARTED), lease, new Fact.Called(nonce));
    }

    /** A job was found that a call without a clear answer created. It is due at once. */
    public static Move found(Claim claim, UUID nonce, String jobId, String cause) {
        return atOnce(claim, claim.scoringState(), cause, null, new Fact.Submitted(nonce, jobId));
    }

    /** One call has created and started the remote job. It is polled after the delay. */
    public static Move started(Claim claim, UUID nonce, String jobId, Duration firstPoll) {
        ScoringState started = new ScoringState(Step.STARTED, NOT_STARTED);
        return released(claim, started, firstPoll, null, new Fact.Started(new Fact.Submitted(nonce, jobId)));
    }

    /** The remote job is started. It is polled after the delay. */
    public static Move started(Claim claim, Duration firstPoll) {
        return released(claim, new ScoringState(Step.STARTED, NOT_STARTED), firstPoll, null, new Fact.Started(null));
    }

    /** The remote job is running. It is polled again after the delay. */
    public static Move running(Claim claim, Duration nextPoll, String word) {
        return released(claim, new ScoringState(Step.STARTED, RUNNING), nextPoll, word, new Fact.Running());
    }

    /** The remote job has finished. */
    public static Move scored(Claim claim, String word) {
        return released(claim, new ScoringState(Step.SCORED, RUNNING), Duration.ZERO, word, new Fact.Scored(null));
    }

    /** All rows are scored in batches. The outputs are where those of a job would be. */
    public static Move scored(Claim claim, String word, long rows) {
        return released(claim, new ScoringState(Step.SCORED, RUNNING), Duration.ZERO, word, new Fact.Scored(rows));
    }

    /** One call has scored it without a remote job. Its answer is where the output of a job would be. */
    public static Move answered(Claim claim, UUID nonce) {
        return released(claim, new ScoringState(Step.SCORED, RUNNING), Duration.ZERO, null, new Fact.Answered(nonce));
    }

    /** Every output is delivered and checked. */
    public static Move delivered(Claim claim, Map<String, DeliveredOutput> outputs) {
        return delivered(claim, outputs, null);
    }

    /**
     * Every output is delivered and checked.
     *
     * @param note what users need to know about the file's path
     */
    public static Move delivered(Claim claim, Map<String, DeliveredOutput> outputs, @Nullable String note) {
        ScoringState delivered = new ScoringState(Step.DELIVERED, FINISHED);
        return atOnce(claim, delivered, note, null, new Fact.Ended(FINISHED, outputs));
    }

    /** The scoring ends without its output. */
    public static Move failed(Claim claim, String cause, @Nullable String word) {
        return ended(claim, FAILED, cause, word);
    }

    /** The scoring ends because it was cancelled. */
    public static Move cancelled(Claim claim, String cause, @Nullable String word) {
        return ended(claim, CANCELLED, cause, word);
    }

    /** The attempt has ended, and a new one begins after the backoff. */
    public static Move tryAgain(Claim claim, Duration backoff, String cause, @Nullable String word) {
        return again(claim, backoff, cause, word, new Fact.Ended(FAILED, null));
    }

    /** The attempt has ended without an execution, since its job could not read its input. The next one begins after the backoff. */
    public static Move inputUnreadable(Claim claim, Duration backoff, String cause, @Nullable String word) {
        return inputUnreadable(claim, backoff, cause, word, null);
    }

    /** As above, but the next attempt begins when a user resumes the scoring. */
    public static Move inputNeedsAttention(Claim claim, String cause, @Nullable String word) {
        return inputUnreadable(claim, Duration.ZERO, cause, word, Attention.INPUT_UNREADABLE);
    }

    private static Move inputUnreadable(
            Claim claim, Duration due, String cause, @Nullable String word, @Nullable Attention attention) {
        return again(claim, due, cause, word, new Fact.InputUnreadable(attention));
    }

    private static Move again(Claim claim, Duration due, String cause, @Nullable String word, Fact fact) {
        ScoringState planned = new ScoringState(Step.PLANNED, NOT_STARTED);
        return new Move(claim, planned, claim.attempt() + 1, null, due, false, cause, word, fact);
    }

    /** The remote job will be stopped. This can't be taken back within the attempt. */
    public static Move stopping(Claim claim, StopReason stopReason, Duration due, String cause) {
        return new Move(
                claim, claim.scoringState(), claim.attempt(), stopReason, due, false, cause, null, new Fact.Nothing());
    }

    /** The scoring needs attention: no node works on it until a user resumes it or cancels its run. */
    public static Move needsAttention(Claim claim, Attention attention, String cause) {
        return atOnce(claim, claim.scoringState(), cause, null, new Fact.NeedsAttention(attention));
    }

    /** A scoring that needed attention continues. */
    public static Move resumed(Claim claim) {
        return atOnce(claim, claim.scoringState(), "resumed on request", null, new Fact.Resumed());
    }

    /** The same move with a cause. */
    public Move because(@Nullable String reason) {
        return new Move(claim, to, attempt, stopReason, due, hold, reason, remoteWord, fact);
    }

    /** The same move, but the claim goes on for another lease. */
    public Move holding(Duration lease) {
        return new Move(claim, to, attempt, stopReason, lease, true, cause, remoteWord, fact);
    }

    private static Move held(Claim claim, ScoringState to, Duration lease, Fact fact) {
        return new Move(claim, to, claim.attempt(), claim.stopReason(), lease, true, null, null, fact);
    }

    private static Move released(Claim claim, ScoringState to, Duration due, @Nullable String word, Fact fact) {
        return new Move(claim, to, claim.attempt(), claim.stopReason(), due, false, null, word, fact);
    }

    private static Move ended(Claim claim, State state, String cause, @Nullable String word) {
        return atOnce(
                claim, new ScoringState(claim.scoringState().step(), state), cause, word, new Fact.Ended(state, null));
    }

    private static Move atOnce(Claim claim, ScoringState to, @Nullable String cause, @Nullable String word, Fact fact) {
        return new Move(claim, to, claim.attempt(), claim.stopReason(), Duration.ZERO, false, cause, word, fact);
    }

    /** The id of the remote job that this move records; null if it records none. */
    public @Nullable String newJobId() {
        return switch (fact) {
            case Fact.Submitted(var nonce, var jobId) -> jobId;
            case Fact.Started(var job) when job != null -> job.jobId();
            default -> null;
        };
    }

    /** Why the scoring needs attention after the move; null if it does not. */
    @Nullable
    public Attention attention() {
        return switch (fact) {
            case Fact.NeedsAttention(var attention) -> attention;
            case Fact.InputUnreadable(var attention) -> attention;
            default -> null;
        };
    }

    public boolean legal() {
        return claim.scoringState().allows(this);
    }

    /** The claim as it is after this move. */
    public Claim after() {
        Claim moved = claim.at(to);
        return switch (fact) {
            case Fact.Staged(var inputs, var rowsIn, var members) ->
                moved.with(new Claim.Facts(inputs, rowsIn, null, null, 0, null, null, null, null, null));
            case Fact.Called(var nonce) -> moved.with(bind(claim.known(), nonce, null));
            case Fact.Submitted(var nonce, var jobId) -> moved.with(bind(claim.known(), nonce, jobId));
            default -> moved;
        };
    }

    private static Claim.Facts bind(Claim.Facts facts, UUID nonce, @Nullable String jobId) {
        Duration since = jobId == null ? null : Duration.ZERO;
        return new Claim.Facts(
                facts.staged(), facts.rowsIn(), nonce, jobId, facts.intents(), since, null, null, null, null);
    }
}
