package dev.bes.orchestrator.remote.blob;

import java.time.Duration;

/** Creates references to blobs of our container for remote jobs. */
public interface BlobReferences {

    /**
     * Creates a reference to one blob. Calls the store once a day, if the identity of this machine signs.
     *
     * @param path path in our container
     * @param right applies to form SAS only
     * @param validity from now; applies to form SAS only
     * @throws dev.bes.orchestrator.remote.RemoteException if the store gives no key to sign with, or the validity is too long for one
     */
    BlobReference of(BlobReference.Form form, BlobReference.Right right, String path, Duration validity);
}
