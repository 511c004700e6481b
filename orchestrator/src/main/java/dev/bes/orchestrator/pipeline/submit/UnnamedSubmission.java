package dev.bes.orchestrator.pipeline.submit;

import dev.bes.orchestrator.pipeline.Outcome;
import dev.bes.orchestrator.pipeline.OutcomeCommit.Committed;
import dev.bes.orchestrator.pipeline.PipelineSettings;
import dev.bes.orchestrator.pipeline.RetryPolicy;
import dev.bes.orchestrator.pipeline.SubmitRules;
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
 * One step without a name: only the answer tells the id, and the job is at work by then. The nonce is committed before the call.
 * After a call without a clear answer its job is searched by the nonce, once the call can no longer be on its way; the oldest
 * that is found is ours, the others are cancelled, and only if there is none the call is made again, under another nonce.
 */
@Component
public class UnnamedSubmission implements Submission<UnnamedJobs> {
    private final CommittedCalls calls;
    private final SubmitIntents submitIntents;
    private final NonceSearch search;
    private final OrphanedJobs orphanedJobs;
    private final RetryPolicy retryPolicy;
    private final PollSchedule pollSchedule;
    private final PipelineSettings settings;

    public UnnamedSubmission(
            CommittedCalls calls,
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
        List<Claim> looked = calls.make(without(recovered), claim -> search.look(jobs, claim))
                .held();
        List<Claim> invoked = invoke(jobs, both(Submission.at(Step.STAGED, claims), without(looked)));
        calls.make(both(both(with(recovered), with(looked)), invoked), claim -> settle(jobs, claim));
    }

    /** The claims that have a job now, and whose earlier calls may have left others. */
    private List<Claim> invoke(UnnamedJobs jobs, List<Claim> claims) {
        List<Claim> called = calls.makeIntended(
                        claims, (claim, nonce) -> Outcome.move(Move.called(claim, nonce, settings.lease())))
                .held();
        Set<Long> first =
                Submission.at(Step.STAGED, claims).stream().map(Claim::scoring).collect(Collectors.toSet());
        Committed started = calls.make(called, claim -> invoke(jobs, claim, first.contains(claim.scoring())));
        orphanedJobs.cancelAtWork(jobs, started.overtaken());
        return started.held();
    }

    private Outcome invoke(UnnamedJobs jobs, Claim claim, boolean first) {
        UUID nonce = Objects.requireNonNull(claim.known().nonce());
        try {
            String jobId = jobs.invoke(nonce, SubmitRules.request(claim, nonce));
            return Outcome.move(
                    first
                            ? Move.started(claim, nonce, jobId, pollSchedule.firstPoll(claim))
                            : Move.bound(claim, nonce, jobId, settings.lease()));
        } catch (RemoteException.Unavailable e) {
            return Outcome.later(
                    claim,
                    settings.startGrace(),
                    "The call that makes the job had no clear answer, its job is looked for then: " + e.getMessage());
        } catch (RemoteException e) {
            if (e instanceof RemoteException.Throttled || SubmitRules.isNoVerdict(e)) {
                submitIntents.withdraw(nonce);
                return SubmitRules.later(claim, retryPolicy, "Submitting waits: ", e);
            }
            return SubmitRules.notAccepted(claim, e);
        }
    }

    /** Our job is committed by now: whatever else carries one of our nonces is nobody's. */
    private Outcome settle(UnnamedJobs jobs, Claim claim) {
        try {
            int others = search.cancelOthers(jobs, claim);
            Move started = Move.started(claim, pollSchedule.firstPoll(claim));
            return Outcome.move(others == 0 ? started : started.because(NonceSearch.words(claim, others)));
        } catch (RemoteException e) {
            return SubmitRules.later(claim, retryPolicy, "Other jobs of the same call are looked for: ", e);
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
