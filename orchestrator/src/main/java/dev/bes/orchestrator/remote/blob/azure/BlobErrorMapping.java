package dev.bes.orchestrator.remote.blob.azure;

import com.azure.core.exception.ClientAuthenticationException;
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
import java.net.ConnectException;

/** Turns what the store or the file system threw into the exception that says what may be done next. */
final class BlobErrorMapping {

    private BlobErrorMapping() {}

    /** Maps a failure of a store that is reached by this setting. */
    static RemoteException of(String what, Exception thrown, String setting) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof RemoteException remote) {
                return remote;
            }
            if (cause instanceof BlobStorageException answer) {
                return of(what, answer, setting);
            }
            if (cause instanceof ClientAuthenticationException) {
                return new Refused(
                        By.STORE,
                        "Blob store, " + what + ": this machine gets no token for its identity (" + setting
                                + " needs one: give the machine a managed identity, or set AZURE_CLIENT_ID if it has"
                                + " several; or use a connection string)");
            }
            if (isUnreadable(cause)) {
                return new Unavailable(
                        By.HOP,
                        "Blob store, " + what + ": the answer does not come from a blob store"
                                + hint(By.HOP, "", setting));
            }
            if (cause instanceof ConnectException) {
                return new Unavailable(
                        "Blob store, " + what + ": cannot connect (check " + setting + " and the network)", cause);
            }
        }
        Throwable root = root(thrown);
        String reason = root.getMessage() == null ? "" : ": " + root.getMessage();
        return new Unavailable("Blob store, " + what + ": " + root.getClass().getSimpleName() + reason, root);
    }

    /** The SDK cannot read an error that is an HTML page, and does not report its status. */
    private static boolean isUnreadable(Throwable cause) {
        return cause instanceof IllegalStateException
                && String.valueOf(cause.getMessage()).contains("Content-Type");
    }

    /** The message holds only status and code, since the store's text may repeat signatures. An answer without a code is not the store's. */
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

    /** A wrong signature means a wrong key. A request that a hop rejects has not reached the store. */
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
            return " (by a proxy or firewall on the network path, not by the store: check " + setting + ")";
        }
        return switch (code) {
            case "AuthorizationFailure" ->
                " (the storage account does not admit this address: check its network rules, or check " + setting + ")";
            case "KeyBasedAuthenticationNotPermitted" ->
                " (the storage account does not accept keys: allow shared key access there; the key is in " + setting
                        + ")";
            case "AuthorizationPermissionMismatch" ->
                " (the identity of this machine lacks a role on the storage account: give it Storage Blob Data Contributor, or"
                        + " check " + setting + ")";
            case "AccountIsDisabled" ->
                " (the storage account is disabled: enable it, or set another one in " + setting + ")";
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
