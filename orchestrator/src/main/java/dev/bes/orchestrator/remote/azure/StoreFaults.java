package dev.bes.orchestrator.remote.azure;

import com.azure.storage.blob.models.BlobErrorCode;
import com.azure.storage.blob.models.BlobStorageException;
import dev.bes.orchestrator.remote.RemoteException;
import dev.bes.orchestrator.remote.RemoteException.NotFound;
import dev.bes.orchestrator.remote.RemoteException.Refused;
import dev.bes.orchestrator.remote.RemoteException.Rejected;
import dev.bes.orchestrator.remote.RemoteException.Unavailable;
import java.net.ConnectException;

/** Turns what the store or the file system threw into the exception that says what may be done next. */
final class StoreFaults {

    private StoreFaults() {}

    static RemoteException of(String what, Exception thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof RemoteException told) {
                return told;
            }
            if (cause instanceof BlobStorageException answer) {
                return of(what, answer);
            }
            if (cause instanceof ConnectException) {
                return new Unavailable("Blob store, " + what + ": it can't be reached", cause);
            }
        }
        Throwable root = root(thrown);
        String said = root.getMessage() == null ? "" : ": " + root.getMessage();
        return new Unavailable("Blob store, " + what + ": " + root.getClass().getSimpleName() + said, root);
    }

    /** Only status and code: the store's own text may repeat signatures. */
    private static RemoteException of(String what, BlobStorageException answer) {
        BlobErrorCode error = answer.getErrorCode();
        String code = error == null ? "" : error.toString();
        String message = "Blob store, " + what + ": " + answer.getStatusCode() + " " + code;
        return switch (answer.getStatusCode()) {
            case 404 -> new NotFound(message);
            case 401, 403 -> new Refused(message + " (check orchestrator.blobs.connection-string)");
            case 400, 413, 415 -> new Rejected(code, message);
            default -> new Unavailable(message);
        };
    }

    private static Throwable root(Throwable thrown) {
        Throwable root = thrown;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }
}
