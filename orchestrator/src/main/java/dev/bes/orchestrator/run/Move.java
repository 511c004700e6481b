package dev.bes.orchestrator.run;

import static dev.bes.orchestrator.run.State.CANCELLED;
import static dev.bes.orchestrator.run.State.FAILED;
import static dev.bes.orchestrator.run.State.FINISHED;
import static dev.bes.orchestrator.run.State.NOT_STARTED;
import static dev.bes.orchestrator.run.State.RUNNING;

import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One step of a claimed scoring from where it stands to somewhere else, with the facts that go with it.
 *
 * @param claim the claim that guards the move
 * @param to where the scoring goes
 * @param attempt number of the attempt afterwards
 * @param stopReason why it is being stopped, afterwards
 * @param due when a sweep may claim it next, from now; meaningless for an end
 * @param hold whether the claim goes on
 * @param cause why, for people
 * @param remoteWord the remote's own word for its state
 * @param fact what becomes known of the attempt
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

    /** Keeps the cause fit for the database. */
    public Move {
        cause = CauseText.of(cause);
        remoteWord = CauseText.of(remoteWord);
    }

    /** What a move makes known of the attempt. */
    public sealed interface Fact {
        /** Nothing new. */
        record Nothing() implements Fact {}

        /** The inputs lie in the blob store. */
        record Staged(Map<String, Claim.StagedInput> inputs, long rowsIn) implements Fact {}

        /** The remote job's id is ours. */
        record Bound(UUID nonce, String jobId) implements Fact {}

        /** The call that makes a job and starts it may have been sent, under the nonce; its answer will tell the id. */
        record Called(UUID nonce) implements Fact {}

        /** The start is confirmed; where one call has made the job and started it, its answer tells the id as well. */
        record Started(@Nullable Bound bound) implements Fact {}

        /** The remote works on it. */
        record Running() implements Fact {}

        /** The remote has finished it. */
        record Scored() implements Fact {}

        /** One call has scored it: its answer lies in the blob store, in the folder named by the nonce. */
        record Answered(UUID nonce) implements Fact {}

        /** It needs attention, until a user resumes it or cancels its run. */
        record Parked(Attention attention) implements Fact {}

        /** A user has resumed it. */
        record Resumed() implements Fact {}

        /** The attempt has ended without an execution and does not count. The next one may need attention. */
        record Unread(@Nullable Attention attention) implements Fact {}

        /** The attempt has ended. */
        record Ended(State state, @Nullable Map<String, DeliveredOutput> outputs) implements Fact {}
    }

    /**
     * A checked output in the delivery folder.
     *
     * @param blob path in our container
     * @param file path on our side
     * @param rows data rows
     * @param bytes size
     * @param sha256 hash in hex
     */
    public record DeliveredOutput(String blob, String file, long rows, long bytes, String sha256) {

        /** The same output under another path on our side. */
        public DeliveredOutput at(String path) {
            return new DeliveredOutput(blob, path, rows, bytes, sha256);
        }
    }

    /** The inputs are staged; the claim goes on for another lease. */
    public static Move staged(Claim claim, Map<String, Claim.StagedInput> inputs, long rowsIn, Duration lease) {
        return held(claim, new ScoringState(Step.STAGED, NOT_STARTED), lease, new Fact.Staged(inputs, rowsIn));
    }

    /** The remote job's id is committed; the claim goes on for another lease. */
    public static Move bound(Claim claim, UUID nonce, String jobId, Duration lease) {
        return held(claim, new ScoringState(Step.SUBMITTED, NOT_STARTED), lease, new Fact.Bound(nonce, jobId));
    }

    /** From now on a call that makes a job and starts it may have been sent; the claim goes on for another lease. */
    public static Move called(Claim claim, UUID nonce, Duration lease) {
        return held(claim, new ScoringState(Step.SUBMITTED, NOT_STARTED), lease, new Fact.Called(nonce));
    }

    /** A job was found that a call without a clear answer has made; it is due at once. */
    public static Move found(Claim claim, UUID nonce, String jobId, String cause) {
        return atOnce(claim, claim.position(), cause, null, new Fact.Bound(nonce, jobId));
    }

    /** One call has made the remote job and started it; look again after a while. */
    public static Move started(Claim claim, UUID nonce, String jobId, Duration firstPoll) {
        ScoringState started = new ScoringState(Step.STARTED, NOT_STARTED);
        return released(claim, started, firstPoll, null, new Fact.Started(new Fact.Bound(nonce, jobId)));
    }

    /** The remote job is started; look again after a while. */
    public static Move started(Claim claim, Duration firstPoll) {
        return released(claim, new ScoringState(Step.STARTED, NOT_STARTED), firstPoll, null, new Fact.Started(null));
    }

    /** The remote job is at work; look again after a while. */
    public static Move running(Claim claim, Duration nextPoll, String word) {
        return released(claim, new ScoringState(Step.STARTED, RUNNING), nextPoll, word, new Fact.Running());
    }

    /** The remote job has finished. */
    public static Move scored(Claim claim, String word) {
        return released(claim, new ScoringState(Step.SCORED, RUNNING), Duration.ZERO, word, new Fact.Scored());
    }

    /** One call has scored it without a remote job, and its answer lies where the output of a job would. */
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
     * @param note what people need to know about where it is
     */
    public static Move delivered(Claim claim, Map<String, DeliveredOutput> outputs, @Nullable String note) {
        ScoringState home = new ScoringState(Step.DELIVERED, FINISHED);
        return atOnce(claim, home, note, null, new Fact.Ended(FINISHED, outputs));
    }

    /** The scoring ends without its output. */
    public static Move failed(Claim claim, String cause, @Nullable String word) {
        return ended(claim, FAILED, cause, word);
    }

    /** The scoring ends because it was cancelled. */
    public static Move cancelled(Claim claim, String cause, @Nullable String word) {
        return ended(claim, CANCELLED, cause, word);
    }

    /** The attempt is over, and a new one begins after the back-off. */
    public static Move tryAgain(Claim claim, Duration backoff, String cause, @Nullable String word) {
        return new Move(
                claim,
                new ScoringState(Step.PLANNED, NOT_STARTED),
                claim.attempt() + 1,
                null,
                backoff,
                false,
                cause,
                word,
                new Fact.Ended(FAILED, null));
    }

    /** The attempt is over without anything executed, since its job could not read its input: the next one begins after a while. */
    public static Move unread(Claim claim, Duration backoff, String cause, @Nullable String word) {
        return unread(claim, backoff, cause, word, null);
    }

    /** The same, but the next attempt begins when a user resumes the scoring. */
    public static Move unreadAgain(Claim claim, String cause, @Nullable String word) {
        return unread(claim, Duration.ZERO, cause, word, Attention.INPUT_UNREADABLE);
    }

    private static Move unread(
            Claim claim, Duration due, String cause, @Nullable String word, @Nullable Attention attention) {
        return new Move(
                claim,
                new ScoringState(Step.PLANNED, NOT_STARTED),
                claim.attempt() + 1,
                null,
                due,
                false,
                cause,
                word,
                new Fact.Unread(attention));
    }

    /** The remote job is to be stopped; irrevocable within the attempt. */
    public static Move stopping(Claim claim, StopReason stopReason, Duration due, String cause) {
        return new Move(
                claim, claim.position(), claim.attempt(), stopReason, due, false, cause, null, new Fact.Nothing());
    }

    /** The scoring needs attention: no node works on it until a user resumes it or cancels its run. */
    public static Move parked(Claim claim, Attention attention, String cause) {
        return atOnce(claim, claim.position(), cause, null, new Fact.Parked(attention));
    }

    /** A scoring that needed attention continues. */
    public static Move resumed(Claim claim) {
        return atOnce(claim, claim.position(), "resumed on request", null, new Fact.Resumed());
    }

    /** The same, with a reason for people. */
    public Move because(@Nullable String reason) {
        return new Move(claim, to, attempt, stopReason, due, hold, reason, remoteWord, fact);
    }

    /** The same, but the claim goes on for another lease. */
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
                claim, new ScoringState(claim.position().step(), state), cause, word, new Fact.Ended(state, null));
    }

    private static Move atOnce(Claim claim, ScoringState to, @Nullable String cause, @Nullable String word, Fact fact) {
        return new Move(claim, to, claim.attempt(), claim.stopReason(), Duration.ZERO, false, cause, word, fact);
    }

    /** The id of the remote job that this move would make ours; null for any other move. */
    public @Nullable String boundJob() {
        return switch (fact) {
            case Fact.Bound(var nonce, var jobId) -> jobId;
            case Fact.Started(var bound) when bound != null -> bound.jobId();
            default -> null;
        };
    }

    /** Why the scoring needs attention after the move; null if it does not. */
    @Nullable
    public Attention attention() {
        return switch (fact) {
            case Fact.Parked(var attention) -> attention;
            case Fact.Unread(var attention) -> attention;
            default -> null;
        };
    }

    public boolean legal() {
        return attempt == claim.attempt()
                ? claim.position().mayMoveTo(to) && isAnswer() == (fact instanceof Fact.Answered)
                : attempt == claim.attempt() + 1
                        && claim.position().mayTryAgain()
                        && to.equals(new ScoringState(Step.PLANNED, NOT_STARTED));
    }

    /** Without a remote job in between, only an answer makes a staged scoring a scored one. */
    private boolean isAnswer() {
        return claim.position().step() == Step.STAGED && to.step() == Step.SCORED;
    }

    /** The claim as it is after this move. */
    public Claim after() {
        Claim moved = claim.at(to);
        return switch (fact) {
            case Fact.Staged(var inputs, var rowsIn) ->
                moved.with(new Claim.Facts(inputs, rowsIn, null, null, 0, null, null, null));
            case Fact.Called(var nonce) -> moved.with(bind(claim.known(), nonce, null));
            case Fact.Bound(var nonce, var jobId) -> moved.with(bind(claim.known(), nonce, jobId));
            default -> moved;
        };
    }

    private static Claim.Facts bind(Claim.Facts facts, UUID nonce, @Nullable String jobId) {
        Duration since = jobId == null ? null : Duration.ZERO;
        return new Claim.Facts(facts.staged(), facts.rowsIn(), nonce, jobId, facts.intents(), since, null, null);
    }
}
