package dev.bes.orchestrator.account;

/** A change of accounts or keys that is not made. The message says why and what to do. */
public final class AccountRefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Reason reason;

    /** Says why. */
    public AccountRefusedException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    /** Why it is not made. */
    public enum Reason {
        /** No account has this name. */
        UNKNOWN_USER,
        /** No key has this id. */
        UNKNOWN_KEY,
        /** Another account has the name. */
        NAME_TAKEN,
        /** The name of an account or a key has characters that are not allowed, or too many. */
        BAD_NAME,
        /** A grant is none, or there is none where one is needed. */
        BAD_GRANT,
        /** The new password breaks a rule. */
        WEAK_PASSWORD,
        /** The current password is not the one that was given. */
        WRONG_PASSWORD,
        /** Nobody would be left who may decide who may do what. */
        LAST_ADMINISTRATOR,
        /** The account has no password here: an OpenID provider checks who its user is. */
        EXTERNAL_USER,
        /** Users have no passwords here: an OpenID provider checks who everybody is. */
        NO_LOCAL_USERS,
        /** An expiry lies in the past, or too far in the future. */
        BAD_EXPIRY,
        /** The caller has no account that could own a key. */
        NO_ACCOUNT,
        /** A request with the same idempotency key has made it already. */
        MADE_BEFORE,
        /** The idempotency key belongs to another request. */
        KEY_REUSED
    }

    /** Why. */
    public Reason reason() {
        return reason;
    }
}
