package dev.bes.orchestrator.pipeline.submit;

import dev.bes.orchestrator.pipeline.Outcome;
import dev.bes.orchestrator.pipeline.PipelineSettings;
import dev.bes.orchestrator.pipeline.RetryPolicy;
import dev.bes.orchestrator.remote.RemoteException;
import dev.bes.orchestrator.remote.RemoteException.By;
import dev.bes.orchestrator.remote.TwoStepJobs;
import dev.bes.orchestrator.run.Attention;
import dev.bes.orchestrator.run.Claim;
import dev.bes.orchestrator.run.Move;
import dev.bes.orchestrator.run.move.SubmitIntents;
import java.util.UUID;
import org.springframework.stereotype.Component;

/**
 * Submits remote jobs. A job whose id is lost is never started, so a submit without a clear answer is repeated under a new
 * intent. A refusal by the gateway or the service fails the scoring. Throttling, and a refusal by another hop, only delay it.
 */
@Component
public class Submit {
    private final SubmitIntents submitIntents;
    private final RetryPolicy retryPolicy;
    private final PipelineSettings settings;

    public Submit(SubmitIntents submitIntents, RetryPolicy retryPolicy, PipelineSettings settings) {
        this.submitIntents = submitIntents;
        this.retryPolicy = retryPolicy;
        this.settings = settings;
    }

    /**
     * Probes the service if an earlier submit of this attempt had no clear answer. Otherwise each submit to a service that
     * does not answer could leave another job.
     */
    public Outcome probe(TwoStepJobs jobs, Claim claim) {
        if (claim.known().intents() == 0) {
            return new Outcome.Unchanged(claim);
        }
        try {
            jobs.probe();
            return new Outcome.Unchanged(claim);
        } catch (RemoteException.Throttled e) {
            return Outcome.deferred(claim, e.retryAfter(), e.getMessage());
        } catch (RemoteException.Unavailable e) {
            return Outcome.deferred(
                    claim,
                    retryPolicy.callDelay(claim),
                    "The next submit waits until the service answers: " + e.getMessage());
        } catch (RemoteException.Refused e) {
            return e.by() == By.HOP
                    ? Outcome.deferred(
                            claim,
                            retryPolicy.callDelay(claim),
                            "The next submit waits until the service answers: " + e.getMessage())
                    : new Outcome.Unchanged(claim);
        } catch (RemoteException e) {
            // any other error is an answer
            return new Outcome.Unchanged(claim);
        }
    }

    public Outcome submit(TwoStepJobs jobs, Claim claim, UUID nonce) {
        try {
            String jobId = jobs.submit(SubmitRules.request(claim, nonce));
            return Outcome.move(Move.submitted(claim, nonce, jobId, settings.lease()));
        } catch (RemoteException.Throttled e) {
            submitIntents.withdraw(nonce);
            return Outcome.deferred(claim, e.retryAfter(), e.getMessage());
        } catch (RemoteException.Unavailable e) {
            return ambiguous(claim, e);
        } catch (RemoteException e) {
            if (SubmitRules.isRetryable(e)) {
                submitIntents.withdraw(nonce);
                return Outcome.deferred(
                        claim, retryPolicy.callDelay(claim), "Submitting is retried later: " + e.getMessage());
            }
            return SubmitRules.rejected(claim, e);
        }
    }

    private Outcome ambiguous(Claim claim, RemoteException.Unavailable e) {
        if (claim.known().intents() + 1 >= SubmitIntents.MAX) {
            return Outcome.move(Move.needsAttention(
                    claim,
                    Attention.SUBMITS_UNANSWERED,
                    "%d submit calls had no clear answer, the last one: %s. None of their jobs was started."
                            .formatted(SubmitIntents.MAX, e.getMessage())));
        }
        return Outcome.deferred(
                claim,
                retryPolicy.callDelay(claim),
                "The submit had no clear answer and is repeated: " + e.getMessage());
    }
}
