package dev.bes.orchestrator.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * A checked output in the delivery folder, or in a container in its place.
 *
 * @param blob path in our container
 * @param file path on our side; in a container, store and path
 * @param rows data rows
 * @param bytes size
 * @param sha256 hash in hex
 * @param stored the blob that it is, if it is in a container and not in the delivery folder; else null
 */
public record DeliveredOutput(
        String blob,
        String file,
        long rows,
        long bytes,
        String sha256,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable StoredOutput stored) {

    /** An output in the delivery folder. */
    public DeliveredOutput(String blob, String file, long rows, long bytes, String sha256) {
        this(blob, file, rows, bytes, sha256, null);
    }

    /** The same output under another path on our side. */
    public DeliveredOutput at(String path) {
        return new DeliveredOutput(blob, path, rows, bytes, sha256, stored);
    }

    /**
     * An output in a container.
     *
     * @param store name of the blob store in the settings
     * @param path path in its container
     * @param etag its version
     */
    public record StoredOutput(String store, String path, String etag) {}
}
