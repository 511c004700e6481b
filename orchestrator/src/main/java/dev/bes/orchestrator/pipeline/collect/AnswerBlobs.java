package dev.bes.orchestrator.pipeline.collect;

import dev.bes.orchestrator.pipeline.BlobPaths;
import dev.bes.orchestrator.remote.RemoteException;
import dev.bes.orchestrator.remote.blob.Blobs;
import dev.bes.orchestrator.run.Claim;
import dev.bes.orchestrator.run.Claim.Part;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Objects;

/** Reads the outputs of jobs: a whole blob, or a part of one that several scorings share. */
record AnswerBlobs(Blobs blobs) {
    private static final int BLOCK = 4 * 1024 * 1024;

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
        if (part == null) {
            blobs.fetch(path(claim, output), target);
            return;
        }
        try (OutputStream out = target.open()) {
            for (long done = 0; done < part.length(); ) {
                int size = (int) Math.min(BLOCK, part.length() - done);
                out.write(blobs.read(part.blob(), part.from() + done, size));
                done += size;
            }
        }
    }
}
