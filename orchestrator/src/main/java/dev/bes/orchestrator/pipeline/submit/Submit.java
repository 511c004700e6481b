package dev.bes.orchestrator.pipeline.submit;

import dev.bes.orchestrator.pipeline.Outcome;
import dev.bes.orchestrator.pipeline.PipelineSettings;
import dev.bes.orchestrator.pipeline.RetryPolicy;
import dev.bes.orchestrator.pipeline.SubmitRules;
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
 * Submits remote jobs. A reply that is lost leaves a job that nobody can start, so an ambiguous submit is simply made
 * again, under a new intent; a definite no of the gateway or the service ends the scoring; "too many calls", and a no that is none
 * of theirs, cost nothing but time.
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
     * Asks whether the service answers, if an earlier submit of this attempt had no clear answer: a service that is away
     * is waited for without leaving one more job behind with each try.
     */
    public Outcome probe(TwoStepJobs jobs, Claim claim) {
        if (claim.known().intents() == 0) {
            return new Outcome.Ready(claim);
        }
        try {
            jobs.probe();
            return new Outcome.Ready(claim);
        } catch (RemoteException.Throttled e) {
            return Outcome.later(claim, e.retryAfter(), e.getMessage());
        } catch (RemoteException.Unavailable e) {
            return Outcome.later(claim, retryPolicy.afterTrouble(claim), "Submitting again waits: " + e.getMessage());
        } catch (RemoteException.Refused e) {
            return e.by() == By.HOP
                    ? Outcome.later(claim, retryPolicy.afterTrouble(claim), "Submitting again waits: " + e.getMessage())
                    : new Outcome.Ready(claim);
        } catch (RemoteException e) {
            // whatever it has to say: it answers
            return new Outcome.Ready(claim);
        }
    }

    public Outcome submit(TwoStepJobs jobs, Claim claim, UUID nonce) {
        try {
            String jobId = jobs.submit(SubmitRules.request(claim, nonce));
            return Outcome.move(Move.bound(claim, nonce, jobId, settings.lease()));
        } catch (RemoteException.Throttled e) {
            submitIntents.withdraw(nonce);
            return Outcome.later(claim, e.retryAfter(), e.getMessage());
        } catch (RemoteException.Unavailable e) {
            return ambiguous(claim, e);
        } catch (RemoteException e) {
            if (SubmitRules.isNoVerdict(e)) {
                submitIntents.withdraw(nonce);
                return Outcome.later(claim, retryPolicy.afterTrouble(claim), "Submitting waits: " + e.getMessage());
            }
            return SubmitRules.notAccepted(claim, e);
        }
    }

    private Outcome ambiguous(Claim claim, RemoteException.Unavailable e) {
        if (claim.known().intents() + 1 >= SubmitIntents.MAX) {
            return Outcome.move(Move.parked(
                    claim,
                    Attention.SUBMITS_UNANSWERED,
                    "%d submit calls had no clear answer, the last one: %s. None of their jobs was started."
                            .formatted(SubmitIntents.MAX, e.getMessage())));
        }
        return Outcome.later(claim, retryPolicy.afterTrouble(claim), "Submitting again: " + e.getMessage());
    }
}
