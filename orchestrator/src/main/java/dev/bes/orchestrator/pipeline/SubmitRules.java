package dev.bes.orchestrator.pipeline;

import dev.bes.orchestrator.remote.JobRequest;
import dev.bes.orchestrator.remote.RemoteException;
import dev.bes.orchestrator.remote.RemoteException.By;
import dev.bes.orchestrator.remote.RemoteException.Reason;
import dev.bes.orchestrator.run.Claim;
import dev.bes.orchestrator.run.Move;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/** What calls that make a job have in common, whatever their class: what is asked for, and what a definite no means. */
public final class SubmitRules {
    private static final Duration MARGIN = Duration.ofHours(1);

    private SubmitRules() {}

    /** What a job is told: its outputs go to a folder that is named by the nonce, and no other call asks for. */
    public static JobRequest request(Claim claim, UUID nonce) {
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

    /**
     * Whether a definite no says nothing of the job: the store refuses us, or the service our reference to it, or something on
     * the way lets nobody pass. It may be mended, nothing was executed, and the next call makes references anew.
     */
    public static boolean isNoVerdict(RemoteException e) {
        return e.by() == By.STORE
                || (e.by() == By.HOP && !(e instanceof RemoteException.Rejected))
                || (e instanceof RemoteException.Rejected rejected && rejected.reason() == Reason.BLOB_NOT_FOUND);
    }

    /** The end of the scoring, by a definite no. */
    public static Outcome notAccepted(Claim claim, RemoteException e) {
        return Outcome.move(Move.failed(claim, "The job was not accepted: " + e.getMessage(), null));
    }

    /** A wait after something that went wrong: as long as we were told, or as long as it went wrong before. */
    public static Outcome later(Claim claim, RetryPolicy retryPolicy, String what, RemoteException e) {
        Duration wait = e instanceof RemoteException.Throttled throttled
                ? throttled.retryAfter()
                : retryPolicy.afterTrouble(claim);
        return Outcome.later(claim, wait, what + e.getMessage());
    }
}
