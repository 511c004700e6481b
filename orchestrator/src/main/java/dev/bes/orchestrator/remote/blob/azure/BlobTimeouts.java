package dev.bes.orchestrator.remote.blob.azure;

import java.time.Duration;

/**
 * The time-outs of calls to the blob store.
 *
 * @param tries attempts of one request
 * @param perTry time limit of one attempt
 * @param base time limit of a transfer without data
 * @param bytesPerSecond the lowest accepted rate of a transfer
 */
record BlobTimeouts(int tries, Duration perTry, Duration base, long bytesPerSecond) {

    /** One minute per block of some megabytes, as the documentation of Azure Storage advises. */
    static final BlobTimeouts DEFAULT = new BlobTimeouts(4, Duration.ofSeconds(60), Duration.ofMinutes(5), 128 * 1024);

    /** The time limit of a transfer of this size. */
    Duration forBytes(long bytes) {
        return base.plusSeconds(bytes / bytesPerSecond);
    }
}
