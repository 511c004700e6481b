package dev.bes.orchestrator.pipeline.submit;

import dev.bes.orchestrator.pipeline.BlobPaths;
import dev.bes.orchestrator.pipeline.Outcome;
import dev.bes.orchestrator.pipeline.RetryPolicy;
import dev.bes.orchestrator.pipeline.input.InputOpener;
import dev.bes.orchestrator.pipeline.input.OpenInput;
import dev.bes.orchestrator.pipeline.rows.CsvTable;
import dev.bes.orchestrator.remote.OneCallService;
import dev.bes.orchestrator.remote.RemoteException;
import dev.bes.orchestrator.remote.RemoteException.Reason;
import dev.bes.orchestrator.remote.Table;
import dev.bes.orchestrator.remote.blob.Blobs;
import dev.bes.orchestrator.run.Claim;
import dev.bes.orchestrator.run.Claim.StagedInput;
import dev.bes.orchestrator.run.InputSource;
import dev.bes.orchestrator.run.Move;
import dev.bes.orchestrator.run.Step;
import dev.bes.orchestrator.run.move.SubmitIntents;
import dev.bes.orchestrator.text.Sha256;
import java.io.IOException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.springframework.stereotype.Component;

/**
 * Scores small inputs by one call of the Request/Response Service (RRS), if the definition allows it. The answer is written to
 * the blob that a remote job would write, and is collected in the same way. The call has no id, so it is made once for an
 * attempt. After a call without a clear answer, or refused for its size or by a hop, the scoring is submitted as a remote job.
 */
@Component
public class OneCallScoring {
    /** Limit in bytes; larger inputs are submitted as a remote job. Their cells take many times as much memory. */
    static final int MAX_BYTES = 256 * 1024;

    private final Blobs blobs;
    private final SubmitIntents submitIntents;
    private final RetryPolicy retryPolicy;
    private final InputOpener opener;

    public OneCallScoring(Blobs blobs, SubmitIntents submitIntents, RetryPolicy retryPolicy, InputOpener opener) {
        this.blobs = blobs;
        this.submitIntents = submitIntents;
        this.retryPolicy = retryPolicy;
        this.opener = opener;
    }

    /** Whether a scoring is staged, small, allowed by its definition to use RRS, and was not sent before. */
    public boolean accepts(Claim claim) {
        var limits = claim.definition().requestResponse();
        if (limits == null
                || claim.scoringState().step() != Step.STAGED
                || claim.known().intents() > 0) {
            return false;
        }
        Collection<StagedInput> staged = claim.known().staged().values();
        return staged.stream().allMatch(input -> input.rows() <= limits.rows())
                && staged.stream().mapToLong(StagedInput::bytes).sum() <= MAX_BYTES;
    }

    public Outcome score(OneCallService service, Claim claim, UUID nonce) {
        Map<String, Table> tables;
        try {
            tables = inputs(claim);
        } catch (IOException | RemoteException e) {
            return fallBackToJob(claim, "RRS was not called", e);
        }
        Map<String, Table> answer;
        try {
            answer = service.score(tables, claim.parameters());
        } catch (RemoteException.Throttled e) {
            submitIntents.withdraw(nonce);
            return Outcome.deferred(claim, e.retryAfter(), e.getMessage());
        } catch (RemoteException.Unavailable e) {
            return fallBackToJob(claim, "RRS gave no clear answer", e);
        } catch (RemoteException e) {
            if (canFallBack(e)) {
                return fallBackToJob(claim, "RRS does not accept it", e);
            }
            return Outcome.move(Move.failed(claim, "RRS did not score it: " + e.getMessage(), null));
        }
        try {
            return storeAnswer(claim, nonce, answer);
        } catch (RemoteException e) {
            return fallBackToJob(claim, "The answer of RRS could not be stored", e);
        }
    }

    /** A key that the gateway refuses is refused for a submit, too. A refusal by the service counts, except for the size. */
    private static boolean canFallBack(RemoteException e) {
        boolean tooLarge = e instanceof RemoteException.Rejected rejected && rejected.reason() == Reason.TOO_LARGE;
        return switch (e.by()) {
            case SERVICE, STORE -> tooLarge;
            case GATEWAY -> !(e instanceof RemoteException.Refused);
            case HOP -> true;
            case UNKNOWN -> tooLarge || !(e instanceof RemoteException.Refused);
        };
    }

    /** Defers the scoring. The next claim finds the intent and submits a job. */
    private Outcome fallBackToJob(Claim claim, String what, Exception e) {
        return Outcome.deferred(
                claim, retryPolicy.callDelay(claim), what + ", so it is submitted as a remote job: " + e.getMessage());
    }

    private Outcome storeAnswer(Claim claim, UUID nonce, Map<String, Table> answer) {
        for (String output : claim.definition().outputs().keySet()) {
            Table table = answer.get(output);
            if (table == null || table.columns().isEmpty()) {
                String defect = table == null ? "has no output '%s'" : "does not name the columns of output '%s'";
                return Outcome.move(Move.failed(
                        claim, ("The answer of RRS " + defect + "; it is not delivered").formatted(output), null));
            }
            blobs.put(BlobPaths.output(claim, nonce, output), CsvTable.write(table));
        }
        return Outcome.move(Move.answered(claim, nonce));
    }

    private Map<String, Table> inputs(Claim claim) throws IOException {
        Map<String, Table> tables = new LinkedHashMap<>();
        for (Map.Entry<String, StagedInput> staged : claim.known().staged().entrySet()) {
            InputSource source = Objects.requireNonNull(claim.inputs().get(staged.getKey()));
            byte[] content = opener.read(source, opened -> content(opened, source, staged.getValue()));
            tables.put(staged.getKey(), CsvTable.read(content));
        }
        return tables;
    }

    /** Reads the input again for the call; it must equal the staged one. */
    private static byte[] content(OpenInput opened, InputSource source, StagedInput staged) throws IOException {
        byte[] content = opened.stream().readNBytes(MAX_BYTES + 1);
        if (!Sha256.of(content).equals(staged.sha256())) {
            throw new IOException(source.name() + " has changed since it was staged");
        }
        return content;
    }
}
