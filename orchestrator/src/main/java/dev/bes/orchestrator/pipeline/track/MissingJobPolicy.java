package dev.bes.orchestrator.pipeline.track;

import dev.bes.orchestrator.pipeline.Outcome;
import dev.bes.orchestrator.pipeline.RetryPolicy;
import dev.bes.orchestrator.remote.RemoteException;
import dev.bes.orchestrator.run.Attention;
import dev.bes.orchestrator.run.Claim;
import dev.bes.orchestrator.run.Move;
import org.springframework.stereotype.Component;

/**
 * What to make of a remote side that does not know a job of ours. Only the service knows its jobs: where something on the way,
 * or the service, does not know the address, the job is as it was. Once or twice may be a mistake; a job that stays unknown to
 * the service may still have run, so that only somebody who can look there may decide.
 */
@Component
public class MissingJobPolicy {
    private static final int LOST_AFTER = 10;

    private final RetryPolicy retryPolicy;

    public MissingJobPolicy(RetryPolicy retryPolicy) {
        this.retryPolicy = retryPolicy;
    }

    /** Whether this was one time too many. */
    boolean isLost(Claim claim, RemoteException.NotFound e) {
        return !e.isAddress() && claim.missing() + 1 >= LOST_AFTER;
    }

    /**
     * A wait, or the end of waiting.
     *
     * @param trouble what could not be done, in words
     */
    public Outcome of(Claim claim, RemoteException.NotFound e, String trouble) {
        if (e.isAddress()) {
            return Outcome.later(claim, retryPolicy.afterTrouble(claim), trouble);
        }
        return isLost(claim, e)
                ? Outcome.move(Move.parked(
                        claim,
                        Attention.FORGOTTEN,
                        "The remote side has forgotten job %s, which was started or may have been: it is not started again by itself. Look there for its output; resume to ask again, or cancel the run."
                                .formatted(claim.jobId())))
                : Outcome.missing(claim, retryPolicy.afterTrouble(claim), trouble);
    }
}
