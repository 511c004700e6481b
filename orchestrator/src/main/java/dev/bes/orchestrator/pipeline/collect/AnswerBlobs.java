package dev.bes.orchestrator.pipeline.collect;

import dev.bes.orchestrator.pipeline.BlobPaths;
import dev.bes.orchestrator.pipeline.RecentBlobs;
import dev.bes.orchestrator.remote.RemoteException;
import dev.bes.orchestrator.remote.blob.Blobs;
import dev.bes.orchestrator.run.Claim;
import dev.bes.orchestrator.run.Claim.Part;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Objects;

/** Reads the outputs of scorings: a whole blob, or a part of one that several share. */
final class AnswerBlobs {
    private final Blobs blobs;
    private final RecentBlobs recent;
    private final SharedBlocks shared;

    AnswerBlobs(Blobs blobs, RecentBlobs recent) {
        this.blobs = blobs;
        this.recent = recent;
        this.shared = new SharedBlocks(blobs);
    }

    /** The blob that has an output. */
    static String path(Claim claim, String output) {
        Part part = claim.known().part();
        return part == null
                ? BlobPaths.output(claim, Objects.requireNonNull(claim.known().nonce()), output)
                : part.blob();
    }

    /**
     * Downloads an output.
     *
     * @throws RemoteException.NotFound if it is not there
     * @throws RemoteException if the store can't be used now
     */
    void fetch(Claim claim, String output, Blobs.Opening target) throws IOException {
        Part part = claim.known().part();
        String blob = path(claim, output);
        byte[] known = recent.find(blob);
        if (part == null && known == null) {
            blobs.fetch(blob, target);
            return;
        }
        try (OutputStream out = target.open()) {
            if (part == null) {
                out.write(known);
            } else {
                shared.copy(blob, part.from(), part.length(), out);
            }
        }
    }
}
