package dev.bes.orchestrator.account;

import dev.bes.orchestrator.audit.Action;
import dev.bes.orchestrator.audit.AuditLog;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** The one place that hears of every sign-in and every change of accounts and keys, in the transaction of the change. */
@Component
public class AccountEvents {
    private static final Logger LOG = LoggerFactory.getLogger(AccountEvents.class);

    private final AuditLog audit;

    AccountEvents(AuditLog audit) {
        this.audit = audit;
    }

    /** What happened. */
    public enum Kind {
        /** Somebody signed in. */
        SIGNED_IN(Action.SIGN_IN),
        /** An attempt to sign in was refused. */
        SIGN_IN_REFUSED(Action.SIGN_IN),
        /** Somebody signed out. */
        SIGNED_OUT(Action.SIGN_OUT),
        /** All sessions of an account were ended. */
        SIGNED_OUT_EVERYWHERE(Action.SESSIONS_ENDED),
        /** A user chose another password. */
        PASSWORD_CHANGED(Action.PASSWORD_CHANGED),
        /** A user got a one-time password. */
        PASSWORD_RESET(Action.PASSWORD_RESET),
        /** An account was added. */
        USER_ADDED(Action.USER_ADDED),
        /** The grants of an account were changed. */
        GRANTS_CHANGED(Action.GRANTS_CHANGED),
        /** An account was disabled. */
        USER_DISABLED(Action.USER_DISABLED),
        /** A disabled account was enabled. */
        USER_ENABLED(Action.USER_ENABLED),
        /** A key was made. */
        KEY_CREATED(Action.KEY_CREATED),
        /** A key was revoked. */
        KEY_REVOKED(Action.KEY_REVOKED);

        private final Action action;

        Kind(Action action) {
            this.action = action;
        }

        private String object(String subject) {
            return (this == KEY_CREATED || this == KEY_REVOKED ? "key " : "user ") + subject;
        }
    }

    /**
     * Takes note of what happened.
     *
     * @param by who did it, as {@link Access#name()} says it; the name that was typed, if a sign-in was refused
     * @param subject the account or the key that it happened to
     * @param before what was before, where something was replaced; else null. Never a secret
     * @param after what is now, or the address of a sign-in; else null. Never a secret
     */
    public void happened(Kind kind, String by, String subject, @Nullable String before, @Nullable String after) {
        LOG.info(
                "{}: {} by {}{}{}",
                kind.name().toLowerCase(Locale.ROOT).replace('_', ' '),
                subject,
                by,
                before == null ? "" : ", before: " + before,
                after == null ? "" : ", now: " + after);
        if (kind == Kind.SIGN_IN_REFUSED) {
            audit.refused(kind.action, "user:" + by, kind.object(subject), after);
        } else {
            audit.allowed(kind.action, "user:" + by, kind.object(subject), null, before, after);
        }
    }
}
