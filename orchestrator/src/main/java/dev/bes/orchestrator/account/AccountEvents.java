package dev.bes.orchestrator.account;

import dev.bes.orchestrator.audit.Action;
import dev.bes.orchestrator.audit.AuditLog;
import java.util.List;
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
        /** The OpenID Connect provider calls a user by another name. */
        USER_RENAMED(Action.USER_RENAMED),
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
     * @param by who did it, as {@link Access#name()} says it; null if the node did it by itself
     * @param subject the account or the key that it happened to
     * @param before what was before, where something was replaced; else null. Never a secret
     * @param after what is now, or the address of a sign-in; else null. Never a secret
     */
    public void happened(
            Kind kind, @Nullable String by, String subject, @Nullable String before, @Nullable String after) {
        String actor = by == null ? audit.self() : "user:" + by;
        LOG.info(
                "{}: {} by {}{}{}",
                kind.name().toLowerCase(Locale.ROOT).replace('_', ' '),
                subject,
                actor,
                before == null ? "" : ", before: " + before,
                after == null ? "" : ", now: " + after);
        audit.allowed(kind.action, actor, kind.object(subject), null, before, after);
    }

    /** Takes note of other grants, if they are others. */
    void grantsChanged(Account before, List<Grant> after, String by) {
        if (!before.grants().equals(after)) {
            String was = before.grants().toString();
            happened(Kind.GRANTS_CHANGED, by, before.name(), was, after.toString());
        }
    }

    /**
     * Takes note that somebody who is not known was not let in.
     *
     * @param name the account that he named; null if there is none of that name
     * @param why why, and from where. Never a secret
     */
    public void signInRefused(@Nullable String name, String why) {
        String object = name == null ? "unknown user" : "user " + name;
        LOG.info("sign in refused: {}: {}", object, why);
        audit.refused(Action.SIGN_IN, AuditLog.NOBODY, object, null, why);
    }
}
