package dev.bes.orchestrator.audit;

/** What an audit row is about. */
public enum Action {
    /** A run was requested. */
    RUN_REQUESTED("run.requested"),
    /** A run was cancelled. */
    RUN_CANCELLED("run.cancelled"),
    /** A scoring that needed attention was resumed. */
    SCORING_RESUMED("scoring.resumed"),
    /** A file in quarantine was put back into its drop folder. */
    FILE_RETRIED("file.retried"),
    /** A schedule was paused. */
    SCHEDULE_PAUSED("schedule.paused"),
    /** A schedule was resumed. */
    SCHEDULE_RESUMED("schedule.resumed"),
    /** A backfill was started. */
    BACKFILL_STARTED("backfill.started"),
    /** A backfill was paused. */
    BACKFILL_PAUSED("backfill.paused"),
    /** A backfill was resumed. */
    BACKFILL_RESUMED("backfill.resumed"),
    /** A backfill was cancelled. */
    BACKFILL_CANCELLED("backfill.cancelled"),
    /** A pool was added, or its limits were changed. */
    POOL_CHANGED("pool.changed"),
    /** A pool was removed. */
    POOL_REMOVED("pool.removed"),
    /** A callback was made once more. */
    CALLBACK_RETRIED("callback.retried"),
    /** Somebody signed in, or tried to. */
    SIGN_IN("sign-in"),
    /** Somebody signed out. */
    SIGN_OUT("sign-out"),
    /** All sessions of a user were ended. */
    SESSIONS_ENDED("sessions.ended"),
    /** A user chose another password. */
    PASSWORD_CHANGED("password.changed"),
    /** A user got a one-time password. */
    PASSWORD_RESET("password.reset"),
    /** A user was added. */
    USER_ADDED("user.added"),
    /** The OpenID Connect provider calls a user by another name. */
    USER_RENAMED("user.renamed"),
    /** The grants of a user were replaced. */
    GRANTS_CHANGED("user.grants-changed"),
    /** A user was disabled. */
    USER_DISABLED("user.disabled"),
    /** A user was enabled. */
    USER_ENABLED("user.enabled"),
    /** An API key was made. */
    KEY_CREATED("key.created"),
    /** An API key was revoked. */
    KEY_REVOKED("key.revoked"),
    /** A request was refused. */
    REQUEST_REFUSED("request.refused"),
    /** More requests were refused than rows are written about. */
    REFUSALS_LEFT_OUT("refusals.left-out"),
    /** A node started. */
    NODE_STARTED("node.started"),
    /** A node stopped. */
    NODE_STOPPED("node.stopped"),
    /** A node loaded a definition that was not there before. */
    DEFINITION_ADDED("definition.added"),
    /** A node loaded a definition that differs from the one loaded before. */
    DEFINITION_CHANGED("definition.changed"),
    /** A node no longer found a definition. */
    DEFINITION_REMOVED("definition.removed"),
    /** Old rows of the audit were removed. */
    AUDIT_PURGED("audit.purged");

    private final String word;

    Action(String word) {
        this.word = word;
    }

    /** The word in rows and answers. */
    public String word() {
        return word;
    }
}
