package dev.bes.orchestrator.remote.blob.azure;

import java.time.Duration;

/**
 * How long the blob store may take.
 *
 * @param tries tries of one request
 * @param perTry longest wait for one try
 * @param base longest time for a transfer of nothing
 * @param bytesPerSecond the slowest line that we wait for
 */
record BlobTimeouts(int tries, Duration perTry, Duration base, long bytesPerSecond) {

    /** What the storage documents advise: a minute for a block of some megabytes. */
    static final BlobTimeouts USUAL = new BlobTimeouts(4, Duration.ofSeconds(60), Duration.ofMinutes(5), 128 * 1024);

    /** Longest time for a transfer of so many bytes. */
    Duration forBytes(long bytes) {
        return base.plusSeconds(bytes / bytesPerSecond);
    }
}
