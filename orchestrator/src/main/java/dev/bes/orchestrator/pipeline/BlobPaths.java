package dev.bes.orchestrator.pipeline;

import dev.bes.orchestrator.definition.template.SafeName;
import dev.bes.orchestrator.run.Claim;
import java.util.UUID;

/** The paths of blobs in our container. They consist of numbers of ours and are never used twice. */
public final class BlobPaths {
    private BlobPaths() {}

    /** The nonce gives each upload a path of its own, so that an upload that was not committed affects no other. */
    public static String input(Claim claim, UUID nonce, String input) {
        return "in/%s/%s/%s.csv".formatted(attempt(claim), nonce, SafeName.of(input));
    }

    /** A folder for the inputs of the scorings that share a job. The nonce gives each staging a folder of its own. */
    public static String inputFolder(Claim claim, UUID nonce) {
        return "in/%s/%s/".formatted(attempt(claim), nonce);
    }

    /** The name of an input in such a folder, which the answer names. */
    public static String inputName(long scoring) {
        return scoring + ".csv";
    }

    /** The rows of an output, sorted by the scorings that share the job. A later claim writes elsewhere. */
    public static String sorted(Claim claim, UUID nonce, String output) {
        return "out/%s/%s/sorted/%d/%s.csv".formatted(attempt(claim), nonce, claim.epoch(), SafeName.of(output));
    }

    /** The nonce gives each submit call a path of its own, so that a late job writes where no reader looks. */
    public static String output(Claim claim, UUID nonce, String output) {
        return "out/%s/%s/%s.csv".formatted(attempt(claim), nonce, SafeName.of(output));
    }

    /** The answer to a batch of rows that begins at a byte of the input. */
    public static String answer(Claim claim, UUID nonce, long from) {
        return "out/%s/%s/answers/%d".formatted(attempt(claim), nonce, from);
    }

    /** A part of an output: the rows between two bytes of the input. Two nodes write the same rows there, or none. */
    public static String part(Claim claim, UUID nonce, String output, long from, long to) {
        return "out/%s/%s/parts/%d-%d/%s.csv".formatted(attempt(claim), nonce, from, to, SafeName.of(output));
    }

    /** The common prefix of all outputs of an attempt. */
    static String outputs(Claim claim) {
        return "out/" + attempt(claim) + "/";
    }

    private static String attempt(Claim claim) {
        return "%d/%d-%d".formatted(claim.run(), claim.position(), claim.attempt());
    }
}
