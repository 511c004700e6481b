package dev.bes.orchestrator.pipeline.track;

import dev.bes.orchestrator.pipeline.Outcome;
import dev.bes.orchestrator.pipeline.PipelineSettings;
import dev.bes.orchestrator.pipeline.RetryPolicy;
import dev.bes.orchestrator.remote.RemoteException;
import dev.bes.orchestrator.remote.UnnamedJobs;
import dev.bes.orchestrator.remote.UnnamedJobs.Found;
import dev.bes.orchestrator.run.Attention;
import dev.bes.orchestrator.run.Claim;
import dev.bes.orchestrator.run.Move;
import dev.bes.orchestrator.run.move.SubmitIntents;
import dev.bes.orchestrator.run.move.SubmitIntents.Made;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Searches the remote service for jobs of calls without a clear answer, by the nonces of their attempt. */
@Component
public class NonceSearch {
    private static final Logger LOG = LoggerFactory.getLogger(NonceSearch.class);

    private final SubmitIntents submitIntents;
    private final RetryPolicy retryPolicy;
    private final PipelineSettings settings;

    public NonceSearch(SubmitIntents submitIntents, RetryPolicy retryPolicy, PipelineSettings settings) {
        this.submitIntents = submitIntents;
        this.retryPolicy = retryPolicy;
        this.settings = settings;
    }

    /** Adopts the job that is found. If there is none, the scoring is ready for another call, or needs attention. */
    public Outcome search(UnnamedJobs jobs, Claim claim) {
        return search(jobs, claim, () -> callAgain(claim), settings.lease());
    }

    /** Adopts the job of a scoring that is being stopped. */
    Outcome searchToStop(UnnamedJobs jobs, Claim claim, Outcome ifNone) {
        return search(jobs, claim, () -> ifNone, Duration.ZERO);
    }

    private interface IfNone {
        Outcome outcome();
    }

    private Outcome search(UnnamedJobs jobs, Claim claim, IfNone none, Duration lease) {
        List<Made> made = submitIntents.made(claim);
        if (made.isEmpty()) {
            return none.outcome();
        }
        Duration early = settings.startGrace().minus(made.getLast().since());
        if (early.isPositive()) {
            return Outcome.deferred(claim, early, "The call that creates the job may still be on its way");
        }
        try {
            List<Found> found = jobs.search(made.stream().map(Made::nonce).toList());
            return found.isEmpty() ? none.outcome() : Outcome.move(adopted(claim, found.getFirst(), lease));
        } catch (RemoteException e) {
            return retryPolicy.retryCall(
                    claim, "The search for the job of a call without a clear answer is repeated: ", e);
        }
    }

    private static Move adopted(Claim claim, Found oldest, Duration lease) {
        Move found = Move.found(
                claim,
                oldest.nonce(),
                oldest.jobId(),
                "Job %s was found; a call without a clear answer had created it".formatted(oldest.jobId()));
        return lease.isZero() ? found : found.holding(lease);
    }

    private Outcome callAgain(Claim claim) {
        return claim.known().intents() < SubmitIntents.MAX
                ? new Outcome.Unchanged(claim)
                : Outcome.move(Move.needsAttention(
                        claim,
                        Attention.SUBMITS_UNANSWERED,
                        "%d calls that create a job had no clear answer, and no job of theirs was found. Look for such jobs on the remote side, then resume, or cancel the run."
                                .formatted(SubmitIntents.MAX)));
    }

    /** Cancels jobs with a nonce of this attempt, except its own job, and returns their number. */
    public int cancelOthers(UnnamedJobs jobs, Claim claim) {
        List<Found> others = jobs
                .search(submitIntents.made(claim).stream().map(Made::nonce).toList())
                .stream()
                .filter(found -> !found.jobId().equals(claim.jobId()))
                .toList();
        for (Found other : others) {
            try {
                jobs.cancel(other.jobId());
            } catch (RemoteException.NotFound | RemoteException.Rejected e) {
                LOG.debug("Job {} is not cancelled: {}", other.jobId(), e.getMessage());
            }
        }
        if (!others.isEmpty()) {
            LOG.warn("Scoring {} of run {}: {}", claim.position(), claim.run(), describe(claim, others.size()));
        }
        return others.size();
    }

    /** What is said of the cancelled jobs in the history of a scoring. */
    public static String describe(Claim claim, int others) {
        return "Calls without a clear answer created jobs besides job %s: %d cancelled, which may be charged"
                .formatted(claim.jobId(), others);
    }
}
