package dev.bes.orchestrator.pipeline.track;

import dev.bes.orchestrator.pipeline.Outcome;
import dev.bes.orchestrator.pipeline.PipelineSettings;
import dev.bes.orchestrator.pipeline.RetryPolicy;
import dev.bes.orchestrator.pipeline.SubmitRules;
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

/** Finds the jobs of calls without a clear answer by the nonces of their attempt. */
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

    /** What becomes of a scoring that may have a job: it has one, or it is ready for another call, or it waits. */
    public Outcome look(UnnamedJobs jobs, Claim claim) {
        return look(jobs, claim, () -> anew(claim), settings.lease());
    }

    /** The same for one that is being stopped: without a job there is nothing to stop. */
    Outcome lookToStop(UnnamedJobs jobs, Claim claim, Outcome nothingToStop) {
        return look(jobs, claim, () -> nothingToStop, Duration.ZERO);
    }

    private interface IfNone {
        Outcome outcome();
    }

    private Outcome look(UnnamedJobs jobs, Claim claim, IfNone none, Duration lease) {
        List<Made> made = submitIntents.made(claim);
        if (made.isEmpty()) {
            return none.outcome();
        }
        Duration early = settings.startGrace().minus(made.getLast().since());
        if (early.isPositive()) {
            return Outcome.later(claim, early, "The call that makes the job may still be on its way");
        }
        try {
            List<Found> found = jobs.search(made.stream().map(Made::nonce).toList());
            return found.isEmpty() ? none.outcome() : Outcome.move(adopted(claim, found.getFirst(), lease));
        } catch (RemoteException e) {
            return SubmitRules.later(claim, retryPolicy, "The job of a call without a clear answer is looked for: ", e);
        }
    }

    private static Move adopted(Claim claim, Found oldest, Duration lease) {
        Move found = Move.found(
                claim,
                oldest.nonce(),
                oldest.jobId(),
                "Job %s was found, which a call without a clear answer has made".formatted(oldest.jobId()));
        return lease.isZero() ? found : found.holding(lease);
    }

    private Outcome anew(Claim claim) {
        return claim.known().intents() < SubmitIntents.MAX
                ? new Outcome.Ready(claim)
                : Outcome.move(Move.parked(
                        claim,
                        Attention.SUBMITS_UNANSWERED,
                        "%d calls that make a job had no clear answer, and no job of theirs was found. Look on the remote side for what they may have left, then resume, or cancel the run."
                                .formatted(SubmitIntents.MAX)));
    }

    /** Cancels what carries a nonce of this attempt and is not its job; returns how many there were. */
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
            LOG.warn("Scoring {} of run {}: {}", claim.place(), claim.run(), words(claim, others.size()));
        }
        return others.size();
    }

    public static String words(Claim claim, int others) {
        return "A call without a clear answer left %d more than job %s: cancelled, and perhaps paid"
                .formatted(others, claim.jobId());
    }
}
