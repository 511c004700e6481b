package dev.bes.orchestrator.pipeline.track;

import dev.bes.orchestrator.pipeline.InputAccessFailure;
import dev.bes.orchestrator.pipeline.Outcome;
import dev.bes.orchestrator.pipeline.PipelineSettings;
import dev.bes.orchestrator.pipeline.RetryPolicy;
import dev.bes.orchestrator.remote.Endpoints;
import dev.bes.orchestrator.remote.JobStatus;
import dev.bes.orchestrator.remote.NamedJobs;
import dev.bes.orchestrator.remote.RemoteException;
import dev.bes.orchestrator.remote.RemoteJobs;
import dev.bes.orchestrator.remote.UnnamedJobs;
import dev.bes.orchestrator.run.Claim;
import dev.bes.orchestrator.run.Move;
import dev.bes.orchestrator.run.Step;
import dev.bes.orchestrator.run.StopReason;
import dev.bes.orchestrator.text.DurationWords;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Cancels a remote job, and repeats this until the remote service reports that it has ended. Only then the scoring is
 * cancelled or its next attempt begins.
 */
@Component
public class Stop {
    private final Endpoints endpoints;
    private final RetryPolicy retryPolicy;
    private final PollBounds pollBounds;
    private final NonceSearch search;
    private final PipelineSettings settings;

    public Stop(
            Endpoints endpoints,
            RetryPolicy retryPolicy,
            PollBounds pollBounds,
            NonceSearch search,
            PipelineSettings settings) {
        this.endpoints = endpoints;
        this.retryPolicy = retryPolicy;
        this.pollBounds = pollBounds;
        this.search = search;
        this.settings = settings;
    }

    public Outcome stop(Claim claim, StopReason reason) {
        RemoteJobs jobs = endpoints.jobs(claim.endpoint());
        if (jobs instanceof UnnamedJobs unnamed && claim.known().jobId() == null) {
            return search.searchToStop(unnamed, claim, stopped(claim, reason, "; no job of its call was found", null));
        }
        try {
            if (jobs instanceof UnnamedJobs unnamed && claim.scoringState().step() == Step.SUBMITTED) {
                search.cancelOthers(unnamed, claim);
            }
            RemoteException refusal = cancel(claim, jobs);
            JobStatus status = jobs.status(claim.jobId());
            return switch (status.state()) {
                case CANCELLED -> stopped(claim, reason, "", status.remoteState());
                case FAILED ->
                    reason == StopReason.DEADLINE && InputAccessFailure.isCause(claim, status)
                            ? retryPolicy.afterFailedJob(claim, status, "")
                            : stopped(claim, reason, "", status.remoteState());
                case FINISHED ->
                    stopped(
                            claim,
                            reason,
                            "; it had finished before, and its output is not delivered",
                            status.remoteState());
                case NOT_STARTED, RUNNING, UNKNOWN ->
                    refusal == null
                            ? Outcome.deferred(claim, pollBounds.nextPollByAge(age(claim)), null)
                            : retry(claim, refusal);
            };
        } catch (RemoteException.NotFound e) {
            if (wasNeverCreated(claim, jobs, e)) {
                return stopped(claim, reason, "; its job was not created", null);
            }
            // a lost job leaves nothing to cancel
            return retryPolicy.isLost(claim, e)
                    ? stopped(claim, reason, "; the remote service no longer knows its job", null)
                    : retryPolicy.afterUnknownJob(claim, e, message(claim, e));
        } catch (RemoteException e) {
            return retry(claim, e);
        }
    }

    /** Whether a job with an id of ours is unknown after the call that creates it can no longer arrive. */
    private boolean wasNeverCreated(Claim claim, RemoteJobs jobs, RemoteException.NotFound e) {
        Duration since = claim.known().sinceSubmitted();
        return jobs instanceof NamedJobs
                && claim.scoringState().step() == Step.SUBMITTED
                && !e.isAddress()
                && since != null
                && since.compareTo(settings.startGrace()) >= 0;
    }

    /**
     * Cancels the job. An ended job may refuse this, and a gateway may not know the operation, so the status is read next.
     *
     * @return the refusal; null if the job was cancelled
     */
    private static @Nullable RemoteException cancel(Claim claim, RemoteJobs jobs) {
        try {
            jobs.cancel(claim.jobId());
            return null;
        } catch (RemoteException.Rejected | RemoteException.Refused e) {
            return e;
        } catch (RemoteException.NotFound e) {
            if (e.isAddress()) {
                return e;
            }
            throw e;
        }
    }

    private Outcome stopped(Claim claim, StopReason reason, String addition, @Nullable String word) {
        return switch (reason) {
            case CANCEL -> Outcome.move(Move.cancelled(claim, "cancelled on request" + addition, word));
            case DEADLINE ->
                retryPolicy.nextAttemptOrFail(claim, tooLong(claim) + " and was cancelled" + addition, word);
        };
    }

    private static Duration age(Claim claim) {
        Duration since = claim.known().sinceStarted();
        return since == null ? Duration.ZERO : since;
    }

    static String tooLong(Claim claim) {
        return "Job %s took longer than its deadline of %s"
                .formatted(claim.jobId(), DurationWords.of(claim.definition().deadline()));
    }

    private Outcome retry(Claim claim, RemoteException e) {
        return Outcome.deferred(claim, retryPolicy.callDelay(claim, e), message(claim, e));
    }

    private static String message(Claim claim, RemoteException e) {
        return "Cannot cancel job " + claim.jobId() + " yet: " + e.getMessage();
    }
}
