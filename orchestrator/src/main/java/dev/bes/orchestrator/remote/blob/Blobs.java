package dev.bes.orchestrator.remote.blob;

import dev.bes.orchestrator.remote.ObservedHealth;
import dev.bes.orchestrator.remote.RemoteException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;

/** Our own container in the blob store. Its paths are ASCII, chosen by us and never taken from user input. */
public interface Blobs {

    /** Begins an upload to a path that only the caller writes. The blob is not visible before the commit. */
    Upload upload(String path);

    /**
     * Writes a small blob to a path that only the caller writes. Replaces the blob of an earlier attempt.
     *
     * @throws RemoteException.Unavailable if the store could not be reached
     */
    void put(String path, byte[] content);

    /**
     * Downloads a whole blob. The caller removes the target if this fails.
     *
     * @return bytes written, the size of the blob
     * @throws RemoteException.NotFound if there is no such blob
     * @throws RemoteException.Unavailable if the store could not be reached
     */
    long fetch(String path, Opening target);

    /**
     * Reads a part of a blob, or less where the blob ends before.
     *
     * @param from first byte, from 0; it must lie within the blob
     * @param length maximum number of bytes
     * @throws RemoteException.NotFound if there is no such blob
     * @throws RemoteException.Unavailable if the store could not be reached
     */
    default byte[] read(String path, long from, int length) {
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        fetch(path, () -> {
            whole.reset();
            return whole;
        });
        return Arrays.copyOfRange(whole.toByteArray(), (int) from, (int) Math.min(whole.size(), from + length));
    }

    /**
     * Deletes a blob, if it exists.
     *
     * @throws RemoteException.Unavailable if the store could not be reached
     */
    void delete(String path);

    /** Opens the target of a download. */
    @FunctionalInterface
    interface Opening {
        /** Opens a new, empty stream. The download closes it. */
        OutputStream open() throws IOException;
    }

    /** The health of the store, as the recent calls of this node have shown it. Makes no call. */
    default ObservedHealth observedHealth() {
        return ObservedHealth.UNKNOWN;
    }

    /** An upload under way. If it is closed without a commit, no blob becomes visible. */
    interface Upload extends AutoCloseable {

        /**
         * Sends the next block in the background; waits while too many blocks are under way. The caller must not change the
         * array until a later call returns it.
         *
         * @return an earlier array that is sent and may be reused; an empty array if there is none
         * @throws RemoteException.Unavailable if the store could not be reached for this block or an earlier one
         */
        byte[] add(byte[] block);

        /**
         * Makes the blob visible. Succeeds if the same content exists already.
         *
         * @param sha256 hash of all blocks, in hex, stored with the blob
         * @return the version of the blob, as header {@code ETag} of the store names it
         * @throws RemoteException.Rejected if a blob with other content exists
         * @throws RemoteException.Unavailable if the store could not be reached
         */
        String commit(String sha256);

        @Override
        void close();
    }
}
