package dev.bes.orchestrator.pipeline.submit;

import dev.bes.orchestrator.pipeline.Outcome;
import dev.bes.orchestrator.pipeline.PipelineSettings;
import dev.bes.orchestrator.pipeline.RetryPolicy;
import dev.bes.orchestrator.pipeline.track.PollSchedule;
import dev.bes.orchestrator.remote.JobStatus;
import dev.bes.orchestrator.remote.RemoteException;
import dev.bes.orchestrator.remote.RemoteException.By;
import dev.bes.orchestrator.remote.RemoteException.Reason;
import dev.bes.orchestrator.remote.TwoStepJobs;
import dev.bes.orchestrator.run.Claim;
import dev.bes.orchestrator.run.Move;
import dev.bes.orchestrator.run.claim.Claims;
import java.time.Duration;
import java.util.List;
import org.springframework.stereotype.Component;

/**
 * Starts remote jobs whose id is committed. After a start without a clear answer it reads the status of the job before it
 * repeats the start, and it waits until the first start can no longer arrive.
 */
@Component
public class Start {
    private final Claims claims;
    private final RetryPolicy retryPolicy;
    private final PollSchedule pollSchedule;
    private final PipelineSettings settings;

    public Start(Claims claims, RetryPolicy retryPolicy, PollSchedule pollSchedule, PipelineSettings settings) {
        this.claims = claims;
        this.retryPolicy = retryPolicy;
        this.pollSchedule = pollSchedule;
        this.settings = settings;
    }

    /** Starts a job whose id this set has just committed: no start was sent before. */
    public Outcome first(TwoStepJobs jobs, Claim claim) {
        try {
            jobs.start(claim.jobId());
            return started(claim);
        } catch (RemoteException.Rejected e) {
            return e.by() == By.SERVICE ? confirm(claim, jobs, e) : later(claim, e);
        } catch (RemoteException.NotFound e) {
            return retryPolicy.afterUnknownJob(claim, e, "Not started yet: " + e.getMessage());
        } catch (RemoteException.Unavailable e) {
            return Outcome.deferred(claim, settings.startGrace(), "The start had no clear answer: " + e.getMessage());
        } catch (RemoteException e) {
            return later(claim, e);
        }
    }

    /** Starts a job that may have been started before. */
    public Outcome again(TwoStepJobs jobs, Claim claim) {
        try {
            JobStatus status = jobs.status(claim.jobId());
            if (status.state() != JobStatus.State.NOT_STARTED) {
                return started(claim);
            }
            Duration early = settings.startGrace().minus(bound(claim));
            return early.isPositive()
                    ? Outcome.deferred(claim, early, "An earlier start may still be on its way")
                    : repeat(jobs, claim);
        } catch (RemoteException.NotFound e) {
            return retryPolicy.afterUnknownJob(claim, e, "Not started yet: " + e.getMessage());
        } catch (RemoteException e) {
            return later(claim, e);
        }
    }

    /** Renews the lease first: another node must not repeat the start while this one may still arrive. */
    private Outcome repeat(TwoStepJobs jobs, Claim claim) {
        return claims.renew(List.of(claim), settings.startGrace()).isEmpty()
                ? first(jobs, claim)
                : Outcome.deferred(claim, Duration.ZERO, null);
    }

    private static Duration bound(Claim claim) {
        Duration since = claim.known().sinceSubmitted();
        return since == null ? Duration.ZERO : since;
    }

    /** A started job refuses another start; its status shows whether this is the reason. */
    private Outcome confirm(Claim claim, TwoStepJobs jobs, RemoteException.Rejected refusal) {
        try {
            JobStatus status = jobs.status(claim.jobId());
            return refusal.reason() == Reason.NOT_STARTABLE || status.state() != JobStatus.State.NOT_STARTED
                    ? started(claim)
                    : Outcome.move(Move.failed(
                            claim, "The job could not be started: " + refusal.getMessage(), status.remoteState()));
        } catch (RemoteException e) {
            return Outcome.deferred(claim, retryPolicy.callDelay(claim, e), "Not started yet: " + refusal.getMessage());
        }
    }

    /** A refusal by the gateway or another hop does not fail the scoring: only the service knows its jobs. */
    private Outcome later(Claim claim, RemoteException e) {
        return retryPolicy.retryCall(claim, "Not started yet: ", e);
    }

    private Outcome started(Claim claim) {
        return Outcome.move(Move.started(claim, pollSchedule.firstPoll(claim)));
    }
}
