package dev.bes.orchestrator.remote.blob;

import dev.bes.orchestrator.remote.RemoteException;
import java.time.Instant;
import java.util.function.Consumer;

/** The blobs of the stores of the settings, as their containers list them. */
public interface StoreBlobs {

    /** How a blob is written. */
    enum Kind {
        /** At once: each version is complete. */
        BLOCK,
        /** Bit by bit: an append or a page blob. */
        GROWING,
        /** Not at all: it stands for the blobs whose paths begin with its own. */
        FOLDER
    }

    /**
     * A blob of a list, or a folder of blobs.
     *
     * @param path path in the container; that of a folder ends in a slash
     * @param etag its version, as header {@code ETag} of the store names it, without quotes; empty for a folder
     * @param bytes its size
     * @param modified when it was written last; the beginning of 1970 for a folder
     */
    record ListedBlob(String path, Kind kind, String etag, long bytes, Instant modified) {}

    /**
     * Lists the blobs whose paths begin with the prefix and have no slash after it, and the folders beside them. It asks for some
     * thousands at a time.
     *
     * @param store name of a store in the settings
     * @param prefix ends in a slash; empty for the whole container
     * @throws RemoteException.Refused if the settings do not name the store, or the store refuses our key
     * @throws RemoteException.NotFound if there is no such container
     * @throws RemoteException.Unavailable if the store could not be reached
     */
    void list(String store, String prefix, Consumer<ListedBlob> each);

    /**
     * Begins an upload. It never replaces a blob: to commit it fails if there is one with other content.
     *
     * @param store name of a store in the settings
     * @throws RemoteException.Refused if the settings do not name the store
     * @throws RemoteException.Rejected if a blob cannot have this path
     */
    Blobs.Upload upload(String store, String path);

    /**
     * Copies one version of a blob within its container, without sending its bytes. It never replaces a blob. Succeeds if the target
     * is a copy of that version already.
     *
     * @param etag the version, as a list names it
     * @param target the path of the copy
     * @return false if the blob has another version, or none, and nothing was copied
     * @throws RemoteException.Refused if the settings do not name the store, or the store refuses our key
     * @throws RemoteException.Rejected if another blob has the path of the copy, with the code {@code BlobExists}; or if no blob can
     *     have it
     * @throws RemoteException.Unavailable if the store could not be reached, or is still copying
     */
    boolean copy(String store, String path, String etag, String target);

    /**
     * Deletes one version of a blob.
     *
     * @param etag the version, as a list names it
     * @return false if the blob has another version, or none
     * @throws RemoteException.Refused if the settings do not name the store, or the store refuses our key
     * @throws RemoteException.Unavailable if the store could not be reached
     */
    boolean delete(String store, String path, String etag);
}
