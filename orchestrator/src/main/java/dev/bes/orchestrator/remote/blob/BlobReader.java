package dev.bes.orchestrator.remote.blob;

import dev.bes.orchestrator.remote.RemoteException;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** Reads blobs that are inputs, from our own container and from the stores of the settings. */
@FunctionalInterface
public interface BlobReader {

    /**
     * Opens one version of a blob.
     *
     * @param store name of a store in the settings; null for our own container
     * @param path path in the container
     * @param etag the version, as header {@code ETag} of the store names it; null for the one that is there
     * @throws RemoteException.NotFound if there is no such blob
     * @throws RemoteException.Changed if the blob has another version
     * @throws RemoteException.Rejected if a blob cannot have this path
     * @throws RemoteException.Refused if the settings do not name the store, or the store refuses our key
     * @throws RemoteException.Unavailable if the store could not be reached
     */
    Content open(@Nullable String store, String path, @Nullable String etag);

    /**
     * An open blob.
     *
     * @param bytes size of the blob
     * @param stream all bytes of one version; reading throws the exceptions of {@link #open}
     */
    record Content(long bytes, InputStream stream) implements Closeable {
        @Override
        public void close() throws IOException {
            stream.close();
        }
    }
}
