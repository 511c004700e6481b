package dev.bes.sandbox.scoring;

import com.azure.storage.blob.models.BlobStorageException;
import dev.bes.sandbox.blob.BlobReference;
import dev.bes.sandbox.blob.UnreachableStore;
import dev.bes.sandbox.model.ModuleFailure;
import java.util.function.Supplier;

/** Turns what a blob store refuses into the failure of a job. */
public final class BlobAccess {

    private BlobAccess() {}

    /**
     * The result of an access to a blob.
     *
     * @throws ModuleFailure when the store cannot be reached or refuses; the text names the blob's path and no secret
     */
    public static <T> T reaching(BlobReference reference, Supplier<T> access) {
        try {
            return access.get();
        } catch (BlobStorageException e) {
            throw refused(reference, e);
        } catch (UnreachableStore e) {
            throw inaccessible(reference, String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            // the message may quote the whole address, token included
            throw inaccessible(reference, e.getClass().getSimpleName());
        }
    }

    /** The failure of a job whose blob the store refuses. */
    public static ModuleFailure refused(BlobReference reference, BlobStorageException e) {
        boolean redirect = e.getStatusCode() / 100 == 3;
        return inaccessible(
                reference,
                "(" + e.getStatusCode() + ") "
                        + (redirect ? "a redirect, which the sandbox does not follow" : e.getErrorCode()));
    }

    private static ModuleFailure inaccessible(BlobReference reference, String reason) {
        return new ModuleFailure("BlobNotFound: Unable to access the provided Azure blob - " + reference.path()
                + ".  Azure error message: " + reason + ".");
    }
}
