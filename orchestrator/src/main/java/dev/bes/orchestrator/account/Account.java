package dev.bes.orchestrator.account;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The account of a person.
 *
 * @param id its number
 * @param name the name at sign-in, and in history and audit
 * @param external whether an OpenID provider checks who he is; else a password does
 * @param oneTimeUntil until when the one-time password can be used; null if the user has chosen one, or has none
 * @param grants what he may do
 * @param disabled whether neither he nor a key of his may use the service
 * @param sessionEpoch sessions with another number are over
 * @param createdAt when it was added
 * @param lastSignInAt when somebody last signed in with it; null if nobody has
 */
public record Account(
        long id,
        String name,
        boolean external,
        @Nullable Instant oneTimeUntil,
        List<Grant> grants,
        boolean disabled,
        int sessionEpoch,
        Instant createdAt,
        @Nullable Instant lastSignInAt) {

    /** Whether the password must be changed before anything else. */
    public boolean mustChangePassword() {
        return oneTimeUntil != null;
    }

    /** What he may do in a session: nothing, as long as the password must be changed. */
    public Access access() {
        return new Access(name, id, mustChangePassword() ? List.of() : grants);
    }

    void requireLocal() {
        if (external) {
            throw new AccountRefusedException(
                    AccountRefusedException.Reason.EXTERNAL_USER,
                    "'%s' has no password here: he signs in by the OpenID provider".formatted(name));
        }
    }
}
