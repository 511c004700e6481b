package dev.bes.orchestrator.pipeline;

import dev.bes.orchestrator.definition.SafeName;
import dev.bes.orchestrator.run.Claim;
import java.util.UUID;

/** Where things lie in our container: by our own numbers, and never twice in the same place. */
final class BlobPaths {
    private static final int ENOUGH_OF_A_HASH = 16;

    private BlobPaths() {}

    static String input(Claim claim, String input, String sha256) {
        return "in/%s/%s-%s.csv".formatted(attempt(claim), SafeName.of(input), sha256.substring(0, ENOUGH_OF_A_HASH));
    }

    /** The nonce makes the place of each submit call its own: a late writer writes where nobody reads. */
    static String output(Claim claim, UUID nonce, String output) {
        return "out/%s/%s/%s.csv".formatted(attempt(claim), nonce, SafeName.of(output));
    }

    private static String attempt(Claim claim) {
        return "%d/%d-%d".formatted(claim.run(), claim.place(), claim.attempt());
    }
}
