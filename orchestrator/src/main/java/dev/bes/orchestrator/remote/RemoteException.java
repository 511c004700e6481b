package dev.bes.orchestrator.remote;

import java.time.Duration;

/**
 * A remote call that did not do what it was asked. The subtype says what may be done next, {@link #by()} whose word it is:
 * only the service knows its jobs, and what a hop refuses has never reached it.
 */
public abstract sealed class RemoteException extends RuntimeException {

    /** Who spoke. */
    public enum By {
        /** A proxy, firewall or load balancer on the way: the call went no further. */
        HOP,
        /** API Management: the call went no further, unless it was the service that did not answer. */
        GATEWAY,
        /** The web service. */
        SERVICE,
        /** The blob store. */
        STORE,
        /** Nobody, or somebody who does not say. */
        UNKNOWN
    }

    /** What a definite no to a request is for: what may be done next hangs on it, and never on a service's own code. */
    public enum Reason {
        /** Something in the request. */
        REQUEST,
        /** The size of the request, and nothing that is in it: less in one call, or another way, may do. */
        TOO_LARGE,
        /** The job can't be started, or not any more. */
        NOT_STARTABLE,
        /** There is a job of that name. */
        NAME_TAKEN,
        /** The service could not find a blob that it was referred to. */
        BLOB_NOT_FOUND
    }

    private final By by;

    RemoteException(By by, String message) {
        super(message);
        this.by = by;
    }

    RemoteException(By by, String message, Throwable cause) {
        super(message, cause);
        this.by = by;
    }

    /** Whose word it is. */
    public By by() {
        return by;
    }

    /** Definitely not done, and never will be as asked: a mistake in the request (400, 405, 413, 415, 422). */
    public static final class Rejected extends RemoteException {
        private final String code;
        private final Reason reason;

        /** A rejection by the service of something in the request. */
        public Rejected(String code, String message) {
            this(By.SERVICE, code, message, Reason.REQUEST);
        }

        /** A rejection by the service for a reason. */
        public Rejected(Reason reason, String message) {
            this(By.SERVICE, "", message, reason);
        }

        /** A rejection by anybody for a reason. */
        public Rejected(By by, String code, String message, Reason reason) {
            super(by, message);
            this.code = code;
            this.reason = reason;
        }

        /** What it is for. */
        public Reason reason() {
            return reason;
        }

        /** The remote's most precise code, for people; empty if it gave none. */
        public String code() {
            return code;
        }
    }

    /** Definitely not done: the key or the right is missing or wrong (401, 403 without a quota). */
    public static final class Refused extends RemoteException {
        /** A refusal by the service that says which key or right to look at. */
        public Refused(String message) {
            this(By.SERVICE, message);
        }

        /** The same by somebody else. */
        public Refused(By by, String message) {
            super(by, message);
        }
    }

    /** Definitely not done: too many calls, or a used-up quota (429, 403 with a quota, 503 for want of places); come back later. */
    public static final class Throttled extends RemoteException {
        private final Duration retryAfter;
        private final boolean byGateway;

        /** A throttled call with the time to wait, from now. */
        public Throttled(String message, Duration retryAfter) {
            this(message, retryAfter, false);
        }

        /** The same, and whether it is the gateway that has had too many calls from us, and not the service behind it. */
        public Throttled(String message, Duration retryAfter, boolean byGateway) {
            super(byGateway ? By.GATEWAY : By.UNKNOWN, message);
            this.retryAfter = retryAfter;
            this.byGateway = byGateway;
        }

        /** Whether it holds for all that is called with the same subscription. */
        public boolean byGateway() {
            return byGateway;
        }

        /** How long to wait from now. */
        public Duration retryAfter() {
            return retryAfter;
        }
    }

    /** Definitely not done: there is no such thing (404). */
    public static final class NotFound extends RemoteException {
        private final boolean address;

        /** The service, or the store, knows no such job or blob. */
        public NotFound(String message) {
            this(By.SERVICE, message, false);
        }

        /** The same, and whether it is the address that is unknown: that says nothing of what lies there. */
        public NotFound(By by, String message, boolean address) {
            super(by, message);
            this.address = address;
        }

        /** Whether the address is unknown, to somebody on the way or to the service, and not the job or blob. */
        public boolean isAddress() {
            return address;
        }
    }

    /** Definitely not done: what lies there is another version than the one that was asked for (412). */
    public static final class Changed extends RemoteException {
        /** A refusal by the store. */
        public Changed(String message) {
            super(By.STORE, message);
        }
    }

    /** Nobody knows whether it was done: 5xx, a time-out, a broken connection, an answer that makes no sense. */
    public static final class Unavailable extends RemoteException {
        /** An ambiguous outcome. */
        public Unavailable(String message) {
            this(By.UNKNOWN, message);
        }

        /** An ambiguous outcome that somebody told. */
        public Unavailable(By by, String message) {
            super(by, message);
        }

        /** An ambiguous outcome with its cause. */
        public Unavailable(String message, Throwable cause) {
            super(By.UNKNOWN, message, cause);
        }
    }
}
