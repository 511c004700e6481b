package dev.bes.orchestrator.pipeline.submit;

import dev.bes.orchestrator.pipeline.Outcome;
import dev.bes.orchestrator.pipeline.PipelineSettings;
import dev.bes.orchestrator.pipeline.RetryPolicy;
import dev.bes.orchestrator.pipeline.track.MissingJobPolicy;
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
 * Starts remote jobs whose id is committed. After a start that had no clear answer the job is asked how it stands before
 * it is started again, and no sooner than the first start can still be on its way.
 */
@Component
public class Start {
    private final Claims claims;
    private final RetryPolicy retryPolicy;
    private final PollSchedule pollSchedule;
    private final MissingJobPolicy missingJobPolicy;
    private final PipelineSettings settings;

    public Start(
            Claims claims,
            RetryPolicy retryPolicy,
            PollSchedule pollSchedule,
            MissingJobPolicy missingJobPolicy,
            PipelineSettings settings) {
        this.claims = claims;
        this.retryPolicy = retryPolicy;
        this.pollSchedule = pollSchedule;
        this.missingJobPolicy = missingJobPolicy;
        this.settings = settings;
    }

    /** Starts a job whose id was committed a moment ago, by this very set: no start can have been sent before. */
    public Outcome first(TwoStepJobs jobs, Claim claim) {
        try {
            jobs.start(claim.jobId());
            return started(claim);
        } catch (RemoteException.Rejected e) {
            return e.by() == By.SERVICE ? confirm(claim, jobs, e) : later(claim, e);
        } catch (RemoteException.NotFound e) {
            return missingJobPolicy.of(claim, e, "Not started yet: " + e.getMessage());
        } catch (RemoteException.Unavailable e) {
            return Outcome.later(claim, settings.startGrace(), "The start had no clear answer: " + e.getMessage());
        } catch (RemoteException e) {
            return later(claim, e);
        }
    }

    /** Goes on with a job that may or may not have been started before. */
    public Outcome again(TwoStepJobs jobs, Claim claim) {
        try {
            JobStatus status = jobs.status(claim.jobId());
            if (status.state() != JobStatus.State.NOT_STARTED) {
                return started(claim);
            }
            Duration early = settings.startGrace().minus(bound(claim));
            return early.isPositive()
                    ? Outcome.later(claim, early, "An earlier start may still be on its way")
                    : repeat(jobs, claim);
        } catch (RemoteException.NotFound e) {
            return missingJobPolicy.of(claim, e, "Not started yet: " + e.getMessage());
        } catch (RemoteException e) {
            return later(claim, e);
        }
    }

    /** Whoever comes after us, should we die now, must not start it again before this start can no longer be on its way. */
    private Outcome repeat(TwoStepJobs jobs, Claim claim) {
        return claims.renew(List.of(claim), settings.startGrace()).isEmpty()
                ? first(jobs, claim)
                : Outcome.later(claim, Duration.ZERO, null);
    }

    private static Duration bound(Claim claim) {
        Duration since = claim.known().sinceBound();
        return since == null ? Duration.ZERO : since;
    }

    /** A job that was started can't be started any more; only the job itself can confirm it. */
    private Outcome confirm(Claim claim, TwoStepJobs jobs, RemoteException.Rejected refusal) {
        try {
            JobStatus status = jobs.status(claim.jobId());
            return refusal.reason() == Reason.NOT_STARTABLE || status.state() != JobStatus.State.NOT_STARTED
                    ? started(claim)
                    : Outcome.move(
                            Move.failed(claim, "The job could not be started: " + refusal.getMessage(), status.word()));
        } catch (RemoteException e) {
            return Outcome.later(claim, wait(claim, e), "Not started yet: " + refusal.getMessage());
        }
    }

    /** Only the service knows whether a job can be started: a no of the gateway, or of a hop, is no end of it. */
    private Outcome later(Claim claim, RemoteException e) {
        return Outcome.later(claim, wait(claim, e), "Not started yet: " + e.getMessage());
    }

    private Outcome started(Claim claim) {
        return Outcome.move(Move.started(claim, pollSchedule.firstPoll(claim)));
    }

    private Duration wait(Claim claim, RemoteException e) {
        return e instanceof RemoteException.Throttled throttled
                ? throttled.retryAfter()
                : retryPolicy.afterTrouble(claim);
    }
}
