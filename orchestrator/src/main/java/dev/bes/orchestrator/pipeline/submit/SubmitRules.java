package dev.bes.orchestrator.pipeline.submit;

import dev.bes.orchestrator.pipeline.BlobPaths;
import dev.bes.orchestrator.pipeline.Outcome;
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

/** The rules that all submit protocols share: the request for a job, and the meaning of a refusal. */
final class SubmitRules {
    private static final Duration MARGIN = Duration.ofHours(1);

    private SubmitRules() {}

    /** The request for a job. Its outputs go to a folder named by the nonce, which no other call uses. */
    static JobRequest request(Claim claim, UUID nonce) {
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
     * Whether a refusal is not about the job: the store refuses us or our reference, or a hop refuses all calls. Nothing was
     * executed, and the next call creates new references, so it may succeed.
     */
    static boolean isRetryable(RemoteException e) {
        return e.by() == By.STORE
                || (e.by() == By.HOP && !(e instanceof RemoteException.Rejected))
                || (e instanceof RemoteException.Rejected rejected && rejected.reason() == Reason.BLOB_NOT_FOUND);
    }

    /** Fails the scoring after a refusal. */
    static Outcome rejected(Claim claim, RemoteException e) {
        return Outcome.move(Move.failed(claim, "The job was not accepted: " + e.getMessage(), null));
    }
}
