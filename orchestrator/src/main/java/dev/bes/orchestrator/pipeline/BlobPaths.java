package dev.bes.orchestrator.pipeline;

import dev.bes.orchestrator.definition.template.SafeName;
import dev.bes.orchestrator.run.Claim;
import java.util.UUID;

/** Where things lie in our container: by our own numbers, and never twice in the same place. */
public final class BlobPaths {
    private BlobPaths() {}

    /** The nonce makes the place of each upload its own: what nobody committed is mixed with nothing else. */
    public static String input(Claim claim, UUID nonce, String input) {
        return "in/%s/%s/%s.csv".formatted(attempt(claim), nonce, SafeName.of(input));
    }

    /** The nonce makes the place of each submit call its own: a late writer writes where nobody reads. */
    public static String output(Claim claim, UUID nonce, String output) {
        return "out/%s/%s/%s.csv".formatted(attempt(claim), nonce, SafeName.of(output));
    }

    /** Where all outputs of the attempt lie. */
    static String outputs(Claim claim) {
        return "out/" + attempt(claim) + "/";
    }

    private static String attempt(Claim claim) {
        return "%d/%d-%d".formatted(claim.run(), claim.place(), claim.attempt());
    }
}
