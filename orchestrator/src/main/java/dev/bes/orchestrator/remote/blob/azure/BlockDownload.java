package dev.bes.orchestrator.remote.blob.azure;

import com.azure.storage.blob.BlobClient;
import com.azure.storage.blob.specialized.BlobInputStream;
import dev.bes.orchestrator.remote.blob.Blobs.Opening;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** Downloads one version of a blob, block by block. */
final class BlockDownload {

    private final BlobClient blob;
    private final BlobTimeouts blobTimeouts;

    BlockDownload(BlobClient blob, BlobTimeouts blobTimeouts) {
        this.blob = blob;
        this.blobTimeouts = blobTimeouts;
    }

    long into(Opening target, String what) throws Exception {
        BlobInputStream in = TransferDeadline.within(blobTimeouts.base(), what, blob::openInputStream);
        try (in) {
            long size = in.getProperties().getBlobSize();
            return TransferDeadline.within(blobTimeouts.forBytes(size), what, () -> copy(in, size, target));
        }
    }

    private static long copy(InputStream in, long size, Opening target) throws IOException {
        try (OutputStream out = target.open()) {
            long bytes = in.transferTo(out);
            if (bytes != size) {
                throw new IOException("received " + bytes + " of " + size + " bytes");
            }
            return bytes;
        }
    }
}
