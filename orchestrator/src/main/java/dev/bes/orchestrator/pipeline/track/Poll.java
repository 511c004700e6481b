package dev.bes.orchestrator.pipeline.track;

import dev.bes.orchestrator.pipeline.Outcome;
import dev.bes.orchestrator.pipeline.RetryPolicy;
import dev.bes.orchestrator.remote.Endpoints;
import dev.bes.orchestrator.remote.JobStatus;
import dev.bes.orchestrator.remote.RemoteException;
import dev.bes.orchestrator.run.Claim;
import dev.bes.orchestrator.run.Move;
import dev.bes.orchestrator.run.State;
import dev.bes.orchestrator.run.StopReason;
import dev.bes.orchestrator.run.fold.FoldMembers;
import java.time.Duration;
import org.springframework.stereotype.Component;

/** Polls the status of a started job. A failed poll does not fail the job: it is repeated. */
@Component
public class Poll {
    private final Endpoints endpoints;
    private final RetryPolicy retryPolicy;
    private final PollSchedule pollSchedule;
    private final FoldMembers folds;

    public Poll(Endpoints endpoints, RetryPolicy retryPolicy, PollSchedule pollSchedule, FoldMembers folds) {
        this.endpoints = endpoints;
        this.retryPolicy = retryPolicy;
        this.pollSchedule = pollSchedule;
        this.folds = folds;
    }

    public Outcome poll(Claim claim) {
        try {
            return handle(claim, endpoints.jobs(claim.endpoint()).status(claim.jobId()));
        } catch (RemoteException.NotFound e) {
            return retryPolicy.afterUnknownJob(claim, e, message(claim, e));
        } catch (RemoteException e) {
            return Outcome.deferred(claim, retryPolicy.callDelay(claim, e), message(claim, e));
        }
    }

    private Outcome handle(Claim claim, JobStatus status) {
        return switch (status.state()) {
            case FINISHED -> Outcome.move(Move.scored(claim, status.remoteState()));
            case FAILED -> retryPolicy.afterFailedJob(claim, status, "The remote job failed: " + detailsOf(status));
            case CANCELLED ->
                Outcome.move(Move.cancelled(
                        claim, "Job " + claim.jobId() + " was cancelled on the remote side", status.remoteState()));
            case RUNNING, NOT_STARTED, UNKNOWN ->
                overdue(claim) ? stop(claim) : abandoned(claim) ? abandon(claim) : wait(claim, status);
        };
    }

    private Outcome wait(Claim claim, JobStatus status) {
        State before = claim.scoringState().state();
        State now = status.state() == JobStatus.State.RUNNING ? State.RUNNING : before;
        Duration next = pollSchedule.nextPoll(claim, now);
        if (now != before) {
            return Outcome.move(Move.running(claim, next, status.remoteState()));
        }
        return Outcome.deferred(
                claim,
                next,
                status.state() == JobStatus.State.UNKNOWN
                        ? "The remote service reports the unknown state '" + status.remoteState() + "'"
                        : null);
    }

    private static boolean overdue(Claim claim) {
        Duration since = claim.known().sinceStarted();
        return since != null && since.compareTo(claim.definition().deadline()) > 0;
    }

    private boolean abandoned(Claim claim) {
        return claim.isCarrier() && !folds.isNeeded(claim);
    }

    private static Outcome abandon(Claim claim) {
        return Outcome.move(Move.stopping(
                claim, StopReason.CANCEL, Duration.ZERO, "All scorings that share the job have ended before it"));
    }

    private static Outcome stop(Claim claim) {
        return Outcome.move(Move.stopping(claim, StopReason.DEADLINE, Duration.ZERO, Stop.tooLong(claim)));
    }

    private static String message(Claim claim, RemoteException e) {
        return "Cannot read the status of job " + claim.jobId() + ": " + e.getMessage();
    }

    private static String detailsOf(JobStatus status) {
        String details = status.details();
        return details == null || details.isBlank() ? "it gave no details" : details;
    }
}
