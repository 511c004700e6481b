package dev.bes.orchestrator.pipeline.submit;

import dev.bes.orchestrator.pipeline.Outcome;
import dev.bes.orchestrator.pipeline.OutcomeCommit.Committed;
import dev.bes.orchestrator.pipeline.PipelineSettings;
import dev.bes.orchestrator.pipeline.RetryPolicy;
import dev.bes.orchestrator.pipeline.SubmitRules;
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
 * One step under our name: the nonce of the intent is committed as the id of the job before the call that creates and starts
 * it. An attempt has one name for ever; after a call without a clear answer the job is asked for by it, and created under it
 * again if there is none: the same name again is the same job, or is refused.
 */
@Component
public class NamedSubmission implements Submission<NamedJobs> {
    private final CommittedCalls calls;
    private final OrphanedJobs orphanedJobs;
    private final RetryPolicy retryPolicy;
    private final PollSchedule pollSchedule;
    private final PipelineSettings settings;

    public NamedSubmission(
            CommittedCalls calls,
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
        List<Claim> named = calls.makeIntended(
                        Submission.at(Step.STAGED, claims),
                        (claim, nonce) -> Outcome.move(Move.bound(claim, nonce, nonce.toString(), settings.lease())))
                .held();
        Set<Long> fresh = named.stream().map(Claim::scoring).collect(Collectors.toSet());
        List<Claim> all = Stream.concat(named.stream(), Submission.at(Step.SUBMITTED, claims).stream())
                .toList();
        Committed started = calls.make(
                all, claim -> fresh.contains(claim.scoring()) ? create(jobs, claim, false) : again(jobs, claim));
        orphanedJobs.cancelAtWork(jobs, started.overtaken());
    }

    /** Asks for the job by its name first: it may have been created before. */
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

    /** @param onItsWay whether an earlier call may still arrive: then a no to this one is no end */
    private Outcome create(NamedJobs jobs, Claim claim, boolean onItsWay) {
        try {
            jobs.create(
                    claim.jobId(),
                    SubmitRules.request(
                            claim, Objects.requireNonNull(claim.known().nonce())));
            return started(claim);
        } catch (RemoteException.Rejected e) {
            // a job of that name is ours: the next claim asks it how it stands
            boolean undecided = onItsWay || e.reason() == Reason.NAME_TAKEN || SubmitRules.isNoVerdict(e);
            return undecided ? later(claim, e) : SubmitRules.notAccepted(claim, e);
        } catch (RemoteException.Throttled | RemoteException.Unavailable e) {
            return later(claim, e);
        } catch (RemoteException e) {
            return onItsWay || SubmitRules.isNoVerdict(e) ? later(claim, e) : SubmitRules.notAccepted(claim, e);
        }
    }

    private boolean isRecent(Claim claim) {
        Duration since = claim.known().sinceBound();
        return since != null && since.compareTo(settings.startGrace()) < 0;
    }

    private Outcome later(Claim claim, RemoteException e) {
        return SubmitRules.later(claim, retryPolicy, "Not known to be created yet: ", e);
    }

    private Outcome started(Claim claim) {
        return Outcome.move(Move.started(claim, pollSchedule.firstPoll(claim)));
    }
}
