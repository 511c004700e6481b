package dev.bes.orchestrator.remote.blob.azure;

import com.azure.storage.blob.BlobClient;
import com.azure.storage.blob.models.BlobBeginCopySourceRequestConditions;
import com.azure.storage.blob.models.BlobProperties;
import com.azure.storage.blob.models.BlobRequestConditions;
import com.azure.storage.blob.models.BlobStorageException;
import com.azure.storage.blob.models.CopyStatusType;
import com.azure.storage.blob.options.BlobBeginCopyOptions;
import dev.bes.orchestrator.remote.RemoteException.By;
import dev.bes.orchestrator.remote.RemoteException.Rejected;
import dev.bes.orchestrator.remote.RemoteException.Unavailable;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A copy of one version of a blob in its own container. The store makes it. The copy has the metadata of the blob, and besides the
 * version that it is of, by which it is known again. Source: Azure Storage REST API, "Copy Blob".
 */
record VersionCopy(BlobClient from, BlobClient to, String etag) {
    private static final String VERSION = "copyofversion";
    private static final Duration POLL = Duration.ofMillis(200);

    /** Makes the copy. Returns false if the blob has another version, or none, and there is no copy. */
    boolean make() {
        BlobProperties found = properties(from);
        if (found == null || !AzureBlobReader.unquoted(found.getETag()).equals(AzureBlobReader.unquoted(etag))) {
            return isThere(false);
        }
        Map<String, String> metadata = new TreeMap<>(found.getMetadata());
        metadata.put(VERSION, AzureBlobReader.unquoted(etag));
        try {
            to.beginCopy(new BlobBeginCopyOptions(from.getBlobUrl())
                            .setMetadata(metadata)
                            .setSourceRequestConditions(new BlobBeginCopySourceRequestConditions()
                                    .setIfMatch('"' + AzureBlobReader.unquoted(etag) + '"'))
                            .setDestinationRequestConditions(new BlobRequestConditions().setIfNoneMatch("*"))
                            .setPollInterval(POLL))
                    .waitForCompletion();
        } catch (BlobStorageException e) {
            int status = e.getStatusCode();
            if (status != 404 && status != 409 && status != 412) {
                throw e;
            }
            // replaced or removed at this moment, or another blob has the path
        }
        return isThere(true);
    }

    /** Whether the target is the copy, and complete. */
    private boolean isThere(boolean conflicts) {
        BlobProperties found = properties(to);
        if (found == null) {
            return false;
        }
        if (!AzureBlobReader.unquoted(etag).equals(found.getMetadata().get(VERSION))) {
            if (conflicts) {
                throw new Rejected("BlobExists", "The blob " + to.getBlobName() + " exists already");
            }
            return false;
        }
        CopyStatusType status = found.getCopyStatus();
        if (status == CopyStatusType.FAILED || status == CopyStatusType.ABORTED) {
            to.deleteIfExists();
        }
        if (status != null && status != CopyStatusType.SUCCESS) {
            throw new Unavailable(By.STORE, "The copy " + to.getBlobName() + " is not complete: " + status);
        }
        return true;
    }

    private static @Nullable BlobProperties properties(BlobClient blob) {
        try {
            return blob.getProperties();
        } catch (BlobStorageException e) {
            if (e.getStatusCode() == 404) {
                return null;
            }
            throw e;
        }
    }
}
