package dev.bes.sandbox.blob;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Where one blob is and how to open it: either a connection string and a relative location, or base location,
 * relative location and SAS token. Source: AzureBlobDataReference of the generated samples.
 *
 * @param relativeLocation {@code container/path/blob.csv}, a leading slash allowed
 */
public record BlobReference(
        @Nullable String connectionString,
        String relativeLocation,
        @Nullable String baseLocation,
        @Nullable String sasBlobToken) {

    /** The relative location without its leading slash. */
    public String path() {
        return relativeLocation.startsWith("/") ? relativeLocation.substring(1) : relativeLocation;
    }

    /** The container's name. */
    public String container() {
        return path().substring(0, path().indexOf('/'));
    }

    /** The blob's name within the container. */
    public String blob() {
        return path().substring(path().indexOf('/') + 1);
    }

    /** The file extension with its dot, in lower case, or an empty text. */
    public String extension() {
        int dot = relativeLocation.lastIndexOf('.');
        return dot > relativeLocation.lastIndexOf('/')
                ? relativeLocation.substring(dot).toLowerCase(Locale.ROOT)
                : "";
    }

    /** The path only: the rest are secrets. */
    @Override
    public String toString() {
        return "BlobReference[" + path() + "]";
    }
}
