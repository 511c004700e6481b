package dev.bes.orchestrator.remote.blob;

import dev.bes.orchestrator.remote.Secret;
import org.jspecify.annotations.Nullable;

/**
 * How a remote job is told of a blob: connection string and location, or base location, location and SAS. Source:
 * AzureBlobDataReference of the generated client samples.
 *
 * @param connectionString of the account; null with a SAS
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
        /** A short-lived SAS for the one blob. */
        SAS,
        /** The connection string of the whole account, for services that take nothing else. */
        CONNECTION_STRING
    }

    /** What the remote side may do with the blob. */
    public enum Right {
        /** Read an input. */
        READ,
        /** Make or replace an output. */
        WRITE
    }
}
