package dev.bes.orchestrator.remote;

import java.nio.file.Path;

/** Our own container in the blob store. Paths are ours, ASCII, and never taken from outside. */
public interface Blobs {

    /**
     * Uploads a file under a path that nobody has used, or finds the same content already there.
     *
     * @param sha256 hash of the file, in hex, checked while the bytes go out
     * @throws RemoteException.Rejected if the path holds other content or the file changed meanwhile
     * @throws RemoteException.Unavailable if the store could not be reached
     */
    void stage(String path, Path file, String sha256);

    /**
     * Writes something small under a path that is the caller's alone, over whatever an earlier try left there.
     *
     * @throws RemoteException.Unavailable if the store could not be reached
     */
    void put(String path, byte[] content);

    /**
     * Downloads a blob into a new file.
     *
     * @return what arrived
     * @throws RemoteException.NotFound if there is no such blob
     * @throws RemoteException.Unavailable if the store could not be reached
     */
    Fetched fetch(String path, Path target);

    /**
     * What a download brought.
     *
     * @param bytes size in bytes
     * @param sha256 hash in hex
     */
    record Fetched(long bytes, String sha256) {}
}
