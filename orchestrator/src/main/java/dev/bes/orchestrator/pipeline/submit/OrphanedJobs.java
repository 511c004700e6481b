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

/** Cancels remote jobs whose id came too late: another claim had overtaken the one whose call made them. */
@Component
public class OrphanedJobs {
    private static final Logger LOG = LoggerFactory.getLogger(OrphanedJobs.class);

    private final SubmitIntents submitIntents;

    public OrphanedJobs(SubmitIntents submitIntents) {
        this.submitIntents = submitIntents;
    }

    /** Nobody else knows the id of a job that was submitted and not started: nobody starts it, and nobody misses it. */
    void cancelUnstarted(TwoStepJobs jobs, List<Move> overtaken) {
        for (Move move : overtaken) {
            String job = move.boundJob();
            if (job != null && !submitIntents.owned(move.claim().endpoint(), job)) {
                cancel(jobs, job, move.claim());
            }
        }
    }

    /**
     * A job that is at work may be found by whoever has overtaken us, and is left to him, until its attempt has another one or
     * is over: then nobody takes it any more.
     */
    void cancelAtWork(RemoteJobs jobs, List<Move> overtaken) {
        for (Move move : overtaken) {
            String job = Objects.requireNonNullElseGet(
                    move.boundJob(), () -> move.claim().known().jobId());
            if (job != null && submitIntents.refuses(move.claim(), job)) {
                cancel(jobs, job, move.claim());
            }
        }
    }

    private static void cancel(RemoteJobs jobs, String job, Claim claim) {
        try {
            jobs.cancel(job);
            LOG.info("Job {} came too late for scoring {} of run {} and is cancelled", job, claim.place(), claim.run());
        } catch (RemoteException e) {
            LOG.info("Job {} is nobody's, and is not cancelled: {}", job, e.getMessage());
        }
    }
}
