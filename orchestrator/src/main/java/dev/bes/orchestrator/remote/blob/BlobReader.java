package dev.bes.orchestrator.remote.blob;

import dev.bes.orchestrator.remote.RemoteException;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** Reads blobs that inputs come from: of our own container, and of the stores that the settings name. */
@FunctionalInterface
public interface BlobReader {

    /**
     * Opens one version of a blob.
     *
     * @param store name of a store in the settings; null for our own container
     * @param path path in the container
     * @param etag the version, as header {@code ETag} of the store names it
     * @throws RemoteException.NotFound if there is no such blob
     * @throws RemoteException.Changed if the blob has another version
     * @throws RemoteException.Rejected if the path is none that a blob can have
     * @throws RemoteException.Refused if the settings name no such store, or the store refuses us
     * @throws RemoteException.Unavailable if the store could not be reached
     */
    Content open(@Nullable String store, String path, String etag);

    /**
     * A blob that is open.
     *
     * @param bytes its size
     * @param stream its bytes, a piece at a time and all of one version; reading throws what {@link #open} throws
     */
    record Content(long bytes, InputStream stream) implements Closeable {
        @Override
        public void close() throws IOException {
            stream.close();
        }
    }
}
