package dev.bes.orchestrator.remote.blob;

import dev.bes.orchestrator.remote.ObservedHealth;
import dev.bes.orchestrator.remote.RemoteException;
import java.io.IOException;
import java.io.OutputStream;

/** Our own container in the blob store. Paths are ours, ASCII, and never taken from outside. */
public interface Blobs {

    /** Begins an upload to a path that is the caller's alone; nothing of it is to be seen before it is committed. */
    Upload upload(String path);

    /**
     * Writes something small under a path that is the caller's alone, over whatever an earlier try left there.
     *
     * @throws RemoteException.Unavailable if the store could not be reached
     */
    void put(String path, byte[] content);

    /**
     * Downloads a blob, from its first byte to its last, into what the caller opens, and removes when this fails.
     *
     * @return how many bytes were written: all of the blob
     * @throws RemoteException.NotFound if there is no such blob
     * @throws RemoteException.Unavailable if the store could not be reached
     */
    long fetch(String path, Opening target);

    /** Opens what a download is written to. */
    @FunctionalInterface
    interface Opening {
        /** A new stream, closed by whoever opened it; for the first byte of the blob, not for one where an earlier stream ended. */
        OutputStream open() throws IOException;
    }

    /** What the calls of this node have shown of the store lately; nobody is asked. */
    default ObservedHealth condition() {
        return ObservedHealth.UNKNOWN;
    }

    /** A blob on its way up. Closed without a commit it leaves nothing that could be seen. */
    interface Upload extends AutoCloseable {

        /**
         * Takes the next block, and waits while too many are under way. It is sent while the caller goes on, so the array must
         * not be changed until it is given back.
         *
         * @return an array that was taken earlier and is sent, for the caller to fill again; an empty one if there is none
         * @throws RemoteException.Unavailable if the store could not be reached for this block or an earlier one
         */
        byte[] add(byte[] block);

        /**
         * Makes the blob visible, or finds the same content already there.
         *
         * @param sha256 hash of all blocks, in hex, kept with the blob
         * @throws RemoteException.Rejected if the path holds other content
         * @throws RemoteException.Unavailable if the store could not be reached
         */
        void commit(String sha256);

        @Override
        void close();
    }
}
