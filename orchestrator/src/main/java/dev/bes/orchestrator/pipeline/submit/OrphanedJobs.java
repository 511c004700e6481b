package dev.bes.orchestrator.pipeline.submit;

import dev.bes.orchestrator.remote.RemoteException;
import dev.bes.orchestrator.remote.RemoteJobs;
import dev.bes.orchestrator.remote.TwoStepJobs;
import dev.bes.orchestrator.run.Claim;
import dev.bes.orchestrator.run.Move;
import dev.bes.orchestrator.run.move.SubmitIntents;
import java.util.List;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Cancels remote jobs whose id could not be committed because another claim holds the scoring by now. */
@Component
public class OrphanedJobs {
    private static final Logger LOG = LoggerFactory.getLogger(OrphanedJobs.class);

    private final SubmitIntents submitIntents;

    public OrphanedJobs(SubmitIntents submitIntents) {
        this.submitIntents = submitIntents;
    }

    /** Cancels jobs that are submitted and not started. No other claim knows their ids. */
    void cancelUnstarted(TwoStepJobs jobs, List<Move> stale) {
        for (Move move : stale) {
            String job = move.newJobId();
            if (job != null && !submitIntents.owned(move.claim().endpoint(), job)) {
                cancel(jobs, job, move.claim());
            }
        }
    }

    /**
     * Cancels jobs that run. The other claim may find and adopt such a job, so it is cancelled only when its attempt has another
     * job or is over.
     */
    void cancelRunning(RemoteJobs jobs, List<Move> stale) {
        for (Move move : stale) {
            String job = Objects.requireNonNullElseGet(
                    move.newJobId(), () -> move.claim().known().jobId());
            if (job != null && submitIntents.refuses(move.claim(), job)) {
                cancel(jobs, job, move.claim());
            }
        }
    }

    private static void cancel(RemoteJobs jobs, String job, Claim claim) {
        try {
            jobs.cancel(job);
            LOG.info(
                    "Job {} was created too late for scoring {} of run {} and is cancelled",
                    job,
                    claim.position(),
                    claim.run());
        } catch (RemoteException e) {
            LOG.info("Job {} belongs to no scoring, and cancelling it failed: {}", job, e.getMessage());
        }
    }
}
