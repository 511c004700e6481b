package dev.bes.orchestrator.remote.azure;

import com.azure.storage.blob.BlobClient;
import com.azure.storage.blob.specialized.BlobInputStream;
import dev.bes.orchestrator.remote.Blobs.Fetched;
import dev.bes.orchestrator.remote.Blobs.Opening;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;

/** One blob on its way down: block by block, all of one version of the blob. */
final class Download {

    private final BlobClient blob;
    private final Patience patience;

    Download(BlobClient blob, Patience patience) {
        this.blob = blob;
        this.patience = patience;
    }

    Fetched into(Opening target, String what) throws Exception {
        BlobInputStream in = Deadline.within(patience.base(), what, blob::openInputStream);
        try (in) {
            long size = in.getProperties().getBlobSize();
            return Deadline.within(patience.forBytes(size), what, () -> copy(in, size, target));
        }
    }

    private static Fetched copy(InputStream in, long size, Opening target) throws IOException {
        MessageDigest digest = Hash.digest();
        try (OutputStream out = new DigestOutputStream(target.open(), digest)) {
            long bytes = in.transferTo(out);
            if (bytes != size) {
                throw new IOException("got " + bytes + " of " + size + " bytes");
            }
            return new Fetched(bytes, Hash.hex(digest));
        }
    }
}
