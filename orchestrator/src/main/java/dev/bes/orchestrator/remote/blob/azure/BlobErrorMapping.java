package dev.bes.orchestrator.remote.blob.azure;

import com.azure.storage.blob.models.BlobErrorCode;
import com.azure.storage.blob.models.BlobStorageException;
import dev.bes.orchestrator.remote.RemoteException;
import dev.bes.orchestrator.remote.RemoteException.By;
import dev.bes.orchestrator.remote.RemoteException.Changed;
import dev.bes.orchestrator.remote.RemoteException.NotFound;
import dev.bes.orchestrator.remote.RemoteException.Reason;
import dev.bes.orchestrator.remote.RemoteException.Refused;
import dev.bes.orchestrator.remote.RemoteException.Rejected;
import dev.bes.orchestrator.remote.RemoteException.Unavailable;
import dev.bes.orchestrator.remote.settings.BlobSettings;
import java.net.ConnectException;

/** Turns what the store or the file system threw into the exception that says what may be done next. */
final class BlobErrorMapping {

    private BlobErrorMapping() {}

    static RemoteException of(String what, Exception thrown) {
        return of(what, thrown, BlobSettings.CONNECTION_STRING);
    }

    /** The same for a store whose connection string another setting holds. */
    static RemoteException of(String what, Exception thrown, String setting) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof RemoteException told) {
                return told;
            }
            if (cause instanceof BlobStorageException answer) {
                return of(what, answer, setting);
            }
            if (isUnreadable(cause)) {
                return new Unavailable(
                        By.HOP,
                        "Blob store, " + what + ": an answer that is no answer of a store" + hint(By.HOP, "", setting));
            }
            if (cause instanceof ConnectException) {
                return new Unavailable("Blob store, " + what + ": it can't be reached", cause);
            }
        }
        Throwable root = root(thrown);
        String said = root.getMessage() == null ? "" : ": " + root.getMessage();
        return new Unavailable("Blob store, " + what + ": " + root.getClass().getSimpleName() + said, root);
    }

    /** The client gives up on an error that comes as a page, and does not tell its status. */
    private static boolean isUnreadable(Throwable cause) {
        return cause instanceof IllegalStateException
                && String.valueOf(cause.getMessage()).contains("Content-Type");
    }

    /** Only status and code: the store's own text may repeat signatures. Without a code it is not the store that speaks. */
    private static RemoteException of(String what, BlobStorageException answer, String setting) {
        BlobErrorCode error = answer.getErrorCode();
        String code = error == null ? "" : error.toString();
        String message = "Blob store, " + what + ": " + answer.getStatusCode() + (code.isEmpty() ? "" : " " + code);
        By by = error == null ? By.HOP : By.STORE;
        return switch (answer.getStatusCode()) {
            case 404 ->
                by == By.HOP
                        ? new Unavailable(by, message + hint(by, code, setting))
                        : new NotFound(by, message, false);
            case 401, 402, 403, 407, 511 -> new Refused(by, message + hint(by, code, setting));
            case 412 ->
                code.equals(BlobErrorCode.CONDITION_NOT_MET.toString())
                        ? new Changed(message)
                        : new Unavailable(by, message);
            case 400, 413, 415 -> byStore(by, code, message, setting);
            default -> new Unavailable(by, message);
        };
    }

    /** What is wrong with how we sign a request is wrong with the key; and what a hop does not like, the store has not seen. */
    private static RemoteException byStore(By by, String code, String message, String setting) {
        if (by == By.HOP) {
            return new Unavailable(by, message + hint(by, code, setting));
        }
        return code.equals("InvalidAuthenticationInfo")
                ? new Refused(by, message + hint(by, code, setting))
                : new Rejected(by, code, message, Reason.REQUEST);
    }

    /** Source: Azure Storage, common REST API error codes. */
    private static String hint(By by, String code, String setting) {
        if (by == By.HOP) {
            return " (by a proxy or firewall on the way, not by the store: check " + setting + ")";
        }
        return switch (code) {
            case "AuthorizationFailure" ->
                " (the account lets this address not in: see its network rules; or check " + setting + ")";
            case "KeyBasedAuthenticationNotPermitted" ->
                " (the account takes no keys: allow shared key access; see " + setting + ")";
            case "AccountIsDisabled" -> " (the account is disabled; see " + setting + ")";
            default -> " (check " + setting + ")";
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
