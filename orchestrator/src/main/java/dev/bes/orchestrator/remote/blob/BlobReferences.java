package dev.bes.orchestrator.remote.blob;

import java.time.Duration;

/** Makes references to blobs of our container for the remote side; no call is made. */
public interface BlobReferences {

    /**
     * A reference to one blob.
     *
     * @param path path in our container
     * @param right what the remote side may do, if the form can say it
     * @param validity how long it may do so, from now, if the form can say it
     */
    BlobReference of(BlobReference.Form form, BlobReference.Right right, String path, Duration validity);
}
