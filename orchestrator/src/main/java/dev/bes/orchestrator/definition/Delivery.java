package dev.bes.orchestrator.definition;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * Where checked outputs go.
 *
 * @param folder folder relative to the configured delivery root; may contain templates
 * @param container where they are put, besides the folder or in its place; null for nowhere
 * @param to where they go if there is a container; null for both
 */
public record Delivery(
        String folder,

        // left out of the frozen text, so that equal definitions of older versions have equal texts
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Container container,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable To to) {

    /** A folder alone. */
    public Delivery(String folder) {
        this(folder, null, null);
    }

    /**
     * A container of a blob store. Below the prefix the blobs have the paths that the files have below the delivery root.
     *
     * @param store name of a blob store in the settings
     * @param prefix with a slash at its end; empty for the whole container
     */
    public record Container(String store, String prefix) {}

    /** Where outputs go if there is a container. */
    public enum To {
        /** Into the folder and into the container. */
        BOTH,
        /** Into the container alone. */
        CONTAINER
    }

    /** The container, if outputs go there and not into the folder; null if they go into the folder. */
    public @Nullable Container containerAlone() {
        return to == To.CONTAINER ? container : null;
    }
}
