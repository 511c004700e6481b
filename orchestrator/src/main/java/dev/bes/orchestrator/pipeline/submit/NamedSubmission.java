package dev.bes.orchestrator.pipeline.submit;

import dev.bes.orchestrator.pipeline.Outcome;
import dev.bes.orchestrator.pipeline.OutcomeCommitter.Committed;
import dev.bes.orchestrator.pipeline.PipelineSettings;
import dev.bes.orchestrator.pipeline.RetryPolicy;
import dev.bes.orchestrator.pipeline.track.PollSchedule;
import dev.bes.orchestrator.remote.NamedJobs;
import dev.bes.orchestrator.remote.RemoteException;
import dev.bes.orchestrator.remote.RemoteException.Reason;
import dev.bes.orchestrator.run.Claim;
import dev.bes.orchestrator.run.Move;
import dev.bes.orchestrator.run.Step;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/**
 * The protocol of one step with an id of ours: the nonce of the intent is committed as the job id before the call that creates
 * and starts the job. An attempt keeps its id. After a call without a clear answer the status of that id is read, and the
 * job is created under the same id if there is none: the service returns the same job or refuses the id.
 */
@Component
public class NamedSubmission implements Submission<NamedJobs> {
    private final SubmitCalls calls;
    private final OrphanedJobs orphanedJobs;
    private final RetryPolicy retryPolicy;
    private final PollSchedule pollSchedule;
    private final PipelineSettings settings;

    public NamedSubmission(
            SubmitCalls calls,
            OrphanedJobs orphanedJobs,
            RetryPolicy retryPolicy,
            PollSchedule pollSchedule,
            PipelineSettings settings) {
        this.calls = calls;
        this.orphanedJobs = orphanedJobs;
        this.retryPolicy = retryPolicy;
        this.pollSchedule = pollSchedule;
        this.settings = settings;
    }

    @Override
    public void launch(NamedJobs jobs, List<Claim> claims) {
        List<Claim> named = calls.callWithIntents(
                        Submission.at(Step.STAGED, claims),
                        (claim, nonce) ->
                                Outcome.move(Move.submitted(claim, nonce, nonce.toString(), settings.lease())))
                .held();
        Set<Long> fresh = named.stream().map(Claim::scoring).collect(Collectors.toSet());
        List<Claim> all = Stream.concat(named.stream(), Submission.at(Step.SUBMITTED, claims).stream())
                .toList();
        Committed started = calls.call(
                all, claim -> fresh.contains(claim.scoring()) ? create(jobs, claim, false) : again(jobs, claim));
        orphanedJobs.cancelRunning(jobs, started.stale());
    }

    /** Reads the status first: the job may have been created before. */
    private Outcome again(NamedJobs jobs, Claim claim) {
        try {
            jobs.status(claim.jobId());
            return started(claim);
        } catch (RemoteException.NotFound e) {
            return e.isAddress() ? later(claim, e) : create(jobs, claim, isRecent(claim));
        } catch (RemoteException e) {
            return later(claim, e);
        }
    }

    /** @param callInFlight whether an earlier call may still arrive; then a refusal of this one does not fail the scoring */
    private Outcome create(NamedJobs jobs, Claim claim, boolean callInFlight) {
        try {
            jobs.create(
                    claim.jobId(),
                    SubmitRules.request(
                            claim, Objects.requireNonNull(claim.known().nonce())));
            return started(claim);
        } catch (RemoteException.Rejected e) {
            // a job with that id is ours: the next claim reads its status
            boolean retry = callInFlight || e.reason() == Reason.NAME_TAKEN || SubmitRules.isRetryable(e);
            return retry ? later(claim, e) : SubmitRules.rejected(claim, e);
        } catch (RemoteException.Throttled | RemoteException.Unavailable e) {
            return later(claim, e);
        } catch (RemoteException e) {
            return callInFlight || SubmitRules.isRetryable(e) ? later(claim, e) : SubmitRules.rejected(claim, e);
        }
    }

    private boolean isRecent(Claim claim) {
        Duration since = claim.known().sinceSubmitted();
        return since != null && since.compareTo(settings.startGrace()) < 0;
    }

    private Outcome later(Claim claim, RemoteException e) {
        return retryPolicy.retryCall(claim, "The job may not be created yet: ", e);
    }

    private Outcome started(Claim claim) {
        return Outcome.move(Move.started(claim, pollSchedule.firstPoll(claim)));
    }
}
