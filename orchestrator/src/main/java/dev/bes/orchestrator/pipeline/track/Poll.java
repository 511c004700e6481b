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
import java.time.Duration;
import org.springframework.stereotype.Component;

/** Asks a started job how it stands. A failed poll is not a failed job: whatever goes wrong here only costs time. */
@Component
public class Poll {
    private final Endpoints endpoints;
    private final RetryPolicy retryPolicy;
    private final PollSchedule pollSchedule;
    private final NextAttempt nextAttempt;
    private final MissingJobPolicy missingJobPolicy;

    public Poll(
            Endpoints endpoints,
            RetryPolicy retryPolicy,
            PollSchedule pollSchedule,
            NextAttempt nextAttempt,
            MissingJobPolicy missingJobPolicy) {
        this.endpoints = endpoints;
        this.retryPolicy = retryPolicy;
        this.pollSchedule = pollSchedule;
        this.nextAttempt = nextAttempt;
        this.missingJobPolicy = missingJobPolicy;
    }

    public Outcome poll(Claim claim) {
        try {
            return follow(claim, endpoints.jobs(claim.endpoint()).status(claim.jobId()));
        } catch (RemoteException.NotFound e) {
            return missingJobPolicy.of(claim, e, words(claim, e));
        } catch (RemoteException.Throttled e) {
            return trouble(claim, e.retryAfter(), e);
        } catch (RemoteException e) {
            return trouble(claim, retryPolicy.afterTrouble(claim), e);
        }
    }

    private Outcome follow(Claim claim, JobStatus status) {
        return switch (status.state()) {
            case FINISHED -> Outcome.move(Move.scored(claim, status.word()));
            case FAILED -> nextAttempt.afterFailure(claim, status, "The remote job failed: " + detailsOf(status));
            case CANCELLED ->
                Outcome.move(Move.cancelled(
                        claim, "Job " + claim.jobId() + " was cancelled on the remote side", status.word()));
            case RUNNING, NOT_STARTED, UNKNOWN -> overdue(claim) ? stop(claim) : wait(claim, status);
        };
    }

    private Outcome wait(Claim claim, JobStatus status) {
        State before = claim.position().state();
        State now = status.state() == JobStatus.State.RUNNING ? State.RUNNING : before;
        Duration next = pollSchedule.nextPoll(claim, now);
        if (now != before) {
            return Outcome.move(Move.running(claim, next, status.word()));
        }
        return Outcome.later(
                claim,
                next,
                status.state() == JobStatus.State.UNKNOWN
                        ? "The remote says '" + status.word() + "', which is no state that we know"
                        : null);
    }

    private static boolean overdue(Claim claim) {
        Duration since = claim.known().sinceStarted();
        return since != null && since.compareTo(claim.definition().deadline()) > 0;
    }

    private static Outcome stop(Claim claim) {
        return Outcome.move(Move.stopping(claim, StopReason.DEADLINE, Duration.ZERO, Stop.tooLong(claim)));
    }

    private static Outcome trouble(Claim claim, Duration due, RemoteException e) {
        return Outcome.later(claim, due, words(claim, e));
    }

    private static String words(Claim claim, RemoteException e) {
        return "Cannot ask how job " + claim.jobId() + " stands: " + e.getMessage();
    }

    private static String detailsOf(JobStatus status) {
        String details = status.details();
        return details == null || details.isBlank() ? "it gave no details" : details;
    }
}
