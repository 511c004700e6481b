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
        private final boolean tooLarge;

        /** A rejection by the service with its most precise code, such as {@code CannotStartJob}. */
        public Rejected(String code, String message) {
            this(By.SERVICE, code, message, false);
        }

        /** A rejection, and whether it is for the size of the request: less in one call, or another way, may do. */
        public Rejected(By by, String code, String message, boolean tooLarge) {
            super(by, message);
            this.code = code;
            this.tooLarge = tooLarge;
        }

        /** Whether it is for the size of the request, and for nothing that is in it. */
        public boolean tooLarge() {
            return tooLarge;
        }

        /** The remote's most precise code, such as {@code CannotStartJob}; empty if it gave none. */
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
