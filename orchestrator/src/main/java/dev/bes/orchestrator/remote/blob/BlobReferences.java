package dev.bes.orchestrator.remote.blob;

import java.time.Duration;

/** Creates references to blobs of our container for remote jobs. Makes no call. */
public interface BlobReferences {

    /**
     * Creates a reference to one blob.
     *
     * @param path path in our container
     * @param right applies to form SAS only
     * @param validity from now; applies to form SAS only
     */
    BlobReference of(BlobReference.Form form, BlobReference.Right right, String path, Duration validity);
}
