package dev.bes.orchestrator.pipeline.submit;

import dev.bes.orchestrator.pipeline.BlobPaths;
import dev.bes.orchestrator.pipeline.Outcome;
import dev.bes.orchestrator.pipeline.RetryPolicy;
import dev.bes.orchestrator.pipeline.input.InputOpener;
import dev.bes.orchestrator.pipeline.input.OpenInput;
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
 * Scores what is small in one call of the Request/Response Service (RRS), where the definition allows it. The answer is put
 * where a remote job would have written it, and goes the same way home. There is no id to ask for after a call without
 * a clear answer, so it is made once for an attempt; what it did not bring home goes by a remote job, and so does what is
 * refused for its size or on the way: that is a no to the one call, and not to the scoring.
 */
@Component
public class OneCallScoring {
    /** What is larger goes by a remote job: as cells in memory it takes many times the room, for each call under way. */
    static final int MOST_BYTES = 256 * 1024;

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

    /** Whether a staged scoring goes by RRS: its definition allows it, it is small, and it was not tried before. */
    public boolean suits(Claim claim) {
        var allowed = claim.definition().requestResponse();
        if (allowed == null
                || claim.position().step() != Step.STAGED
                || claim.known().intents() > 0) {
            return false;
        }
        Collection<StagedInput> staged = claim.known().staged().values();
        return staged.stream().allMatch(input -> input.rows() <= allowed.rows())
                && staged.stream().mapToLong(StagedInput::bytes).sum() <= MOST_BYTES;
    }

    public Outcome execute(OneCallService service, Claim claim, UUID nonce) {
        Map<String, Table> tables;
        try {
            tables = inputs(claim);
        } catch (IOException | RemoteException e) {
            return byJob(claim, "RRS was not called", e);
        }
        Map<String, Table> answer;
        try {
            answer = service.score(tables, claim.parameters());
        } catch (RemoteException.Throttled e) {
            submitIntents.withdraw(nonce);
            return Outcome.later(claim, e.retryAfter(), e.getMessage());
        } catch (RemoteException.Unavailable e) {
            return byJob(claim, "RRS gave no clear answer", e);
        } catch (RemoteException e) {
            if (hasAnotherWay(e)) {
                return byJob(claim, "RRS does not take it", e);
            }
            return Outcome.move(Move.failed(claim, "RRS did not score it: " + e.getMessage(), null));
        }
        try {
            return keep(claim, nonce, answer);
        } catch (RemoteException e) {
            return byJob(claim, "The answer of RRS could not be kept", e);
        }
    }

    /** A key that the gateway refuses, it refuses for a submit, too; of the service's own words only the size is no verdict. */
    private static boolean hasAnotherWay(RemoteException e) {
        boolean tooLarge = e instanceof RemoteException.Rejected rejected && rejected.reason() == Reason.TOO_LARGE;
        return switch (e.by()) {
            case SERVICE, STORE -> tooLarge;
            case GATEWAY -> !(e instanceof RemoteException.Refused);
            case HOP -> true;
            case UNKNOWN -> tooLarge || !(e instanceof RemoteException.Refused);
        };
    }

    /** The next claim finds the intent, and submits. */
    private Outcome byJob(Claim claim, String what, Exception e) {
        return Outcome.later(
                claim, retryPolicy.afterTrouble(claim), what + ", so it goes by a remote job: " + e.getMessage());
    }

    private Outcome keep(Claim claim, UUID nonce, Map<String, Table> answer) {
        for (String output : claim.definition().outputs().keySet()) {
            Table table = answer.get(output);
            if (table == null || table.columns().isEmpty()) {
                String fault = table == null ? "has no output '%s'" : "does not name the columns of output '%s'";
                return Outcome.move(Move.failed(
                        claim, ("The answer of RRS " + fault + "; it is not delivered").formatted(output), null));
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

    /** A job would read what is staged; a call reads the input once more, and must read the same. */
    private static byte[] content(OpenInput opened, InputSource source, StagedInput staged) throws IOException {
        byte[] content = opened.stream().readNBytes(MOST_BYTES + 1);
        if (!Sha256.of(content).equals(staged.sha256())) {
            throw new IOException(source.name() + " has changed since it was staged");
        }
        return content;
    }
}
