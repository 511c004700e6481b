package dev.bes.orchestrator.pipeline.submit;

import dev.bes.orchestrator.pipeline.Outcome;
import dev.bes.orchestrator.pipeline.OutcomeCommitter.Committed;
import dev.bes.orchestrator.pipeline.PipelineSettings;
import dev.bes.orchestrator.pipeline.RetryPolicy;
import dev.bes.orchestrator.pipeline.track.NonceSearch;
import dev.bes.orchestrator.pipeline.track.PollSchedule;
import dev.bes.orchestrator.remote.RemoteException;
import dev.bes.orchestrator.remote.UnnamedJobs;
import dev.bes.orchestrator.run.Claim;
import dev.bes.orchestrator.run.Move;
import dev.bes.orchestrator.run.Step;
import dev.bes.orchestrator.run.move.SubmitIntents;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/**
 * The protocol of one step without an id of ours: the answer returns the id of a job that already runs. The nonce is committed
 * before the call. After a call without a clear answer the job is searched by the nonce, when the call can no longer arrive.
 * The oldest job found is adopted and the others are cancelled. If there is none, the call is repeated under another nonce.
 */
@Component
public class UnnamedSubmission implements Submission<UnnamedJobs> {
    private final SubmitCalls calls;
    private final SubmitIntents submitIntents;
    private final NonceSearch search;
    private final OrphanedJobs orphanedJobs;
    private final RetryPolicy retryPolicy;
    private final PollSchedule pollSchedule;
    private final PipelineSettings settings;

    public UnnamedSubmission(
            SubmitCalls calls,
            SubmitIntents submitIntents,
            NonceSearch search,
            OrphanedJobs orphanedJobs,
            RetryPolicy retryPolicy,
            PollSchedule pollSchedule,
            PipelineSettings settings) {
        this.calls = calls;
        this.submitIntents = submitIntents;
        this.search = search;
        this.orphanedJobs = orphanedJobs;
        this.retryPolicy = retryPolicy;
        this.pollSchedule = pollSchedule;
        this.settings = settings;
    }

    @Override
    public void launch(UnnamedJobs jobs, List<Claim> claims) {
        List<Claim> recovered = Submission.at(Step.SUBMITTED, claims);
        List<Claim> searched = calls.call(without(recovered), claim -> search.search(jobs, claim))
                .held();
        List<Claim> invoked = invoke(jobs, both(Submission.at(Step.STAGED, claims), without(searched)));
        calls.call(both(both(with(recovered), with(searched)), invoked), claim -> settle(jobs, claim));
    }

    /** Returns the claims that have a job now and whose earlier calls may have created others. */
    private List<Claim> invoke(UnnamedJobs jobs, List<Claim> claims) {
        List<Claim> called = calls.callWithIntents(
                        claims, (claim, nonce) -> Outcome.move(Move.called(claim, nonce, settings.lease())))
                .held();
        Set<Long> first =
                Submission.at(Step.STAGED, claims).stream().map(Claim::scoring).collect(Collectors.toSet());
        Committed started = calls.call(called, claim -> invoke(jobs, claim, first.contains(claim.scoring())));
        orphanedJobs.cancelRunning(jobs, started.stale());
        return started.held();
    }

    private Outcome invoke(UnnamedJobs jobs, Claim claim, boolean first) {
        UUID nonce = Objects.requireNonNull(claim.known().nonce());
        try {
            String jobId = jobs.invoke(nonce, SubmitRules.request(claim, nonce));
            return Outcome.move(
                    first
                            ? Move.started(claim, nonce, jobId, pollSchedule.firstPoll(claim))
                            : Move.submitted(claim, nonce, jobId, settings.lease()));
        } catch (RemoteException.Unavailable e) {
            return Outcome.deferred(
                    claim,
                    settings.startGrace(),
                    "The call that creates the job had no clear answer; the job is searched later: " + e.getMessage());
        } catch (RemoteException e) {
            if (e instanceof RemoteException.Throttled || SubmitRules.isRetryable(e)) {
                submitIntents.withdraw(nonce);
                return retryPolicy.retryCall(claim, "Submitting is retried later: ", e);
            }
            return SubmitRules.rejected(claim, e);
        }
    }

    /** Cancels other jobs with a nonce of the attempt: its own job is committed by now. */
    private Outcome settle(UnnamedJobs jobs, Claim claim) {
        try {
            int others = search.cancelOthers(jobs, claim);
            Move started = Move.started(claim, pollSchedule.firstPoll(claim));
            return Outcome.move(others == 0 ? started : started.because(NonceSearch.describe(claim, others)));
        } catch (RemoteException e) {
            return retryPolicy.retryCall(claim, "The search for other jobs of the attempt is repeated: ", e);
        }
    }

    private static List<Claim> with(List<Claim> claims) {
        return Submission.those(claims, claim -> claim.known().jobId() != null);
    }

    private static List<Claim> without(List<Claim> claims) {
        return Submission.those(claims, claim -> claim.known().jobId() == null);
    }

    private static List<Claim> both(List<Claim> some, List<Claim> others) {
        return Stream.concat(some.stream(), others.stream()).toList();
    }
}
