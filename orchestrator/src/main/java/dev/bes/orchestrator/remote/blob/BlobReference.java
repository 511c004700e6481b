package dev.bes.orchestrator.remote.blob;

import dev.bes.orchestrator.remote.Secret;
import org.jspecify.annotations.Nullable;

/**
 * Names a blob to a remote job: by connection string and location, or by base location, location and SAS. Source:
 * AzureBlobDataReference of the generated client samples.
 *
 * @param connectionString connection string of the account; null with a SAS
 * @param relativeLocation container and path, {@code container/path/blob.csv}
 * @param baseLocation address of the account, ending in a slash; null with a connection string
 * @param sasBlobToken the SAS, starting with a question mark; null with a connection string
 */
public record BlobReference(
        @Nullable Secret connectionString,
        String relativeLocation,
        @Nullable String baseLocation,
        @Nullable Secret sasBlobToken) {

    /** The two shapes of a reference. */
    public enum Form {
        /** A short-lived SAS for one blob. */
        SAS,
        /** The connection string of the whole account, for services that accept no SAS. */
        CONNECTION_STRING
    }

    /** What the remote service may do with the blob. */
    public enum Right {
        /** Read an input. */
        READ,
        /** Create or replace an output. */
        WRITE
    }
}
