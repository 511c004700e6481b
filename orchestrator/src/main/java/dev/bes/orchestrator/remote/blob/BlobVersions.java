package dev.bes.orchestrator.remote.blob;

import dev.bes.orchestrator.remote.RemoteException;
import java.util.Set;

/** Looks for blobs in the stores of the settings. */
public interface BlobVersions {

    /** Names of the stores in the settings. */
    Set<String> stores();

    /**
     * The current version of a blob, as header {@code ETag} of the store names it.
     *
     * @param store name of a store in the settings
     * @param path path in its container
     * @throws RemoteException.NotFound if there is no such blob
     * @throws RemoteException.Rejected if a blob cannot have this path
     * @throws RemoteException.Refused if the settings do not name the store, or the store refuses our key
     * @throws RemoteException.Unavailable if the store could not be reached
     */
    String etag(String store, String path);
}
