package dev.bes.orchestrator.pipeline;

import dev.bes.orchestrator.remote.JobStatus;
import dev.bes.orchestrator.remote.RemoteException;
import dev.bes.orchestrator.run.Attention;
import dev.bes.orchestrator.run.Claim;
import dev.bes.orchestrator.run.Move;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Decides what follows a failure: another call or another attempt, each after a delay, or the end of the scoring. */
@Component
public class RetryPolicy {
    private static final Duration MAX_BACKOFF = Duration.ofHours(1);
    private static final int MAX_DOUBLINGS = 20;
    private static final int MAX_UNKNOWN_REPLIES = 10;

    private final PipelineSettings settings;

    public RetryPolicy(PipelineSettings settings) {
        this.settings = settings;
    }

    /** The delay before the next call after a failure that is not the scoring's fault. It doubles with each failure. */
    public Duration callDelay(Claim claim) {
        return min(doubled(settings.pollMin(), claim.failures()), settings.pollMax());
    }

    /** The same after a failed remote call; a throttled call is repeated when its Retry-After has passed. */
    public Duration callDelay(Claim claim, RemoteException e) {
        return e instanceof RemoteException.Throttled throttled ? throttled.retryAfter() : callDelay(claim);
    }

    /**
     * Defers a scoring after a failed remote call.
     *
     * @param prefix text before the message of the exception
     */
    public Outcome retryCall(Claim claim, String prefix, RemoteException e) {
        return Outcome.deferred(claim, callDelay(claim, e), prefix + e.getMessage());
    }

    /** Begins the next attempt after the backoff of the definition, or fails the scoring after its last attempt. */
    public Outcome nextAttemptOrFail(Claim claim, String cause, @Nullable String word) {
        // those that share the job of a carrier are tried again, each by itself
        boolean again = !claim.isCarrier()
                && claim.attemptsMade() < claim.definition().attempts().max();
        return Outcome.move(
                again ? Move.tryAgain(claim, attemptDelay(claim), cause, word) : Move.failed(claim, cause, word));
    }

    /** The delay before the next attempt. It doubles with each attempt. */
    Duration attemptDelay(Claim claim) {
        return min(doubled(claim.definition().attempts().backoff(), claim.attemptsMade() - 1), MAX_BACKOFF);
    }

    /** Handles a job that reports that it failed. An attempt whose job could not read its input does not count. */
    public Outcome afterFailedJob(Claim claim, JobStatus status, String cause) {
        return InputAccessFailure.isCause(claim, status)
                ? InputAccessFailure.retry(
                        claim, inputAccessDelay(claim), String.valueOf(status.details()), status.remoteState())
                : nextAttemptOrFail(claim, cause, status.remoteState());
    }

    /** No job has executed anything, so the first delay is short. */
    private Duration inputAccessDelay(Claim claim) {
        return min(doubled(settings.pollMin(), 2 * claim.unreadableInputs()), MAX_BACKOFF);
    }

    /**
     * Handles a reply that the job is unknown. Only a reply of the service counts: an unknown address says nothing about the
     * job. A job that stays unknown may still have run, so an operator has to decide.
     *
     * @param message what could not be done
     */
    public Outcome afterUnknownJob(Claim claim, RemoteException.NotFound e, String message) {
        if (e.isAddress()) {
            return Outcome.deferred(claim, callDelay(claim), message);
        }
        return isLost(claim, e)
                ? Outcome.move(Move.needsAttention(
                        claim,
                        Attention.FORGOTTEN,
                        "The remote side no longer knows job %s, which was started or may have been. It is not started again automatically. Look there for its output; resume to ask again, or cancel the run."
                                .formatted(claim.jobId())))
                : Outcome.jobUnknown(claim, callDelay(claim), message);
    }

    /** Whether the service has replied too often that it does not know the job. */
    public boolean isLost(Claim claim, RemoteException.NotFound e) {
        return !e.isAddress() && claim.notFoundCount() + 1 >= MAX_UNKNOWN_REPLIES;
    }

    private static Duration doubled(Duration first, int times) {
        return first.multipliedBy(1L << Math.min(times, MAX_DOUBLINGS));
    }

    private static Duration min(Duration a, Duration b) {
        return a.compareTo(b) < 0 ? a : b;
    }
}
