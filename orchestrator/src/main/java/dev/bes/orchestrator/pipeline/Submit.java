package dev.bes.orchestrator.pipeline;

import dev.bes.orchestrator.remote.Endpoints;
import dev.bes.orchestrator.remote.JobRequest;
import dev.bes.orchestrator.remote.RemoteException;
import dev.bes.orchestrator.remote.RemoteException.By;
import dev.bes.orchestrator.run.Attention;
import dev.bes.orchestrator.run.Claim;
import dev.bes.orchestrator.run.Intents;
import dev.bes.orchestrator.run.Move;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Component;

/**
 * Submits remote jobs. A reply that is lost leaves a job that nobody can start, so an ambiguous submit is simply made
 * again, under a new intent; a definite no of the gateway or the service ends the scoring; "too many calls", and a no that is none
 * of theirs, cost nothing but time.
 */
@Component
class Submit {
    private static final Duration MARGIN = Duration.ofHours(1);
    private static final String NO_JOB = "0".repeat(32);

    private final Endpoints endpoints;
    private final Intents intents;
    private final Waits waits;
    private final PipelineSettings settings;

    Submit(Endpoints endpoints, Intents intents, Waits waits, PipelineSettings settings) {
        this.endpoints = endpoints;
        this.intents = intents;
        this.waits = waits;
        this.settings = settings;
    }

    /**
     * Asks for a job that there is not, if an earlier submit of this attempt had no clear answer: a service that is away
     * is waited for without leaving one more job behind with each try.
     */
    Outcome knock(Claim claim) {
        if (claim.known().intents() == 0) {
            return new Outcome.Ready(claim);
        }
        try {
            endpoints.jobs(claim.endpoint()).status(NO_JOB);
            return new Outcome.Ready(claim);
        } catch (RemoteException.Throttled e) {
            return Outcome.later(claim, e.retryAfter(), e.getMessage());
        } catch (RemoteException.Unavailable e) {
            return Outcome.later(claim, waits.afterTrouble(claim), "Submitting again waits: " + e.getMessage());
        } catch (RemoteException.Refused e) {
            return e.by() == By.HOP
                    ? Outcome.later(claim, waits.afterTrouble(claim), "Submitting again waits: " + e.getMessage())
                    : new Outcome.Ready(claim);
        } catch (RemoteException e) {
            // "there is no such job", or whatever else the service has to say: it answers
            return new Outcome.Ready(claim);
        }
    }

    Outcome submit(Claim claim, UUID nonce) {
        try {
            String jobId = endpoints.jobs(claim.endpoint()).submit(request(claim, nonce));
            return Outcome.move(Move.bound(claim, nonce, jobId, settings.lease()));
        } catch (RemoteException.Throttled e) {
            intents.withdraw(nonce);
            return Outcome.later(claim, e.retryAfter(), e.getMessage());
        } catch (RemoteException.Unavailable e) {
            return ambiguous(claim, e);
        } catch (RemoteException e) {
            if (isNoVerdict(e)) {
                intents.withdraw(nonce);
                return Outcome.later(claim, waits.afterTrouble(claim), "Submitting waits: " + e.getMessage());
            }
            return Outcome.move(Move.failed(claim, "The job was not accepted: " + e.getMessage(), null));
        }
    }

    /**
     * Whether a definite no says nothing of the job: the store refuses us, or the service our reference to it, or something on
     * the way lets nobody pass. It may be mended, nothing was executed, and the next submit makes references anew.
     */
    private static boolean isNoVerdict(RemoteException e) {
        return e.by() == By.STORE
                || (e.by() == By.HOP && !(e instanceof RemoteException.Rejected))
                || (e instanceof RemoteException.Rejected rejected
                        && rejected.code().equals("BlobNotFound"));
    }

    private Outcome ambiguous(Claim claim, RemoteException.Unavailable e) {
        if (claim.known().intents() + 1 >= Intents.MAX) {
            return Outcome.move(Move.parked(
                    claim,
                    Attention.SUBMITS_UNANSWERED,
                    "%d submit calls had no clear answer, the last one: %s. None of their jobs was started."
                            .formatted(Intents.MAX, e.getMessage())));
        }
        return Outcome.later(claim, waits.afterTrouble(claim), "Submitting again: " + e.getMessage());
    }

    private static JobRequest request(Claim claim, UUID nonce) {
        Map<String, String> inputs = new LinkedHashMap<>();
        claim.known().staged().forEach((name, staged) -> inputs.put(name, staged.blob()));
        Map<String, String> outputs = new LinkedHashMap<>();
        claim.definition().outputs().keySet().forEach(name -> outputs.put(name, BlobPaths.output(claim, nonce, name)));
        return new JobRequest(
                inputs,
                outputs,
                claim.parameters(),
                claim.definition().deadline().plus(MARGIN));
    }
}
