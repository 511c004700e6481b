package dev.bes.orchestrator.remote;

import java.time.Duration;

/**
 * A remote call that failed. The subtype says what may be done next; {@link #by()} says who answered. Only the service knows
 * its jobs, and a call that a hop refuses never reaches the service.
 */
public abstract sealed class RemoteException extends RuntimeException {

    /** Who answered the call. */
    public enum By {
        /** A proxy, firewall or load balancer on the network path. The call did not reach the service. */
        HOP,
        /** API Management. The call did not reach the service, unless the service did not answer the gateway. */
        GATEWAY,
        /** The web service. */
        SERVICE,
        /** The blob store. */
        STORE,
        /** No answer, or an answer that does not show its origin. */
        UNKNOWN
    }

    /** The reason of a rejection. It decides what may be done next; the codes of a service never do. */
    public enum Reason {
        /** The content of the request. */
        REQUEST,
        /** The size of the request. A smaller request, or a remote job, may be accepted. */
        TOO_LARGE,
        /** The job cannot be started, or cannot be started again. */
        NOT_STARTABLE,
        /** There is a job of that name. */
        NAME_TAKEN,
        /** The service did not find a blob that the request refers to. */
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

    /** Who answered the call. */
    public By by() {
        return by;
    }

    /** Not done, and the same request will never be done: it holds a mistake (400, 405, 413, 415, 422). */
    public static final class Rejected extends RemoteException {
        private final String code;
        private final Reason reason;

        /** A rejection by the service for the content of the request. */
        public Rejected(String code, String message) {
            this(By.SERVICE, code, message, Reason.REQUEST);
        }

        /** A rejection by the service, without a code. */
        public Rejected(Reason reason, String message) {
            this(By.SERVICE, "", message, reason);
        }

        /** A rejection with all its parts. */
        public Rejected(By by, String code, String message, Reason reason) {
            super(by, message);
            this.code = code;
            this.reason = reason;
        }

        /** Why it was rejected. */
        public Reason reason() {
            return reason;
        }

        /** The most precise code of the remote service, to be shown to users; empty if it gave none. */
        public String code() {
            return code;
        }
    }

    /** Not done: the key or the permission is missing or wrong (401, 403 without a quota). */
    public static final class Refused extends RemoteException {
        /** A refusal by the service. The message names the key or permission to check. */
        public Refused(String message) {
            this(By.SERVICE, message);
        }

        /** A refusal by a gateway, a hop or the store. */
        public Refused(By by, String message) {
            super(by, message);
        }
    }

    /** Not done yet: too many calls, or the quota is used up (429, 403 with a quota, 503 of a busy service). The call may be repeated later. */
    public static final class Throttled extends RemoteException {
        private final Duration retryAfter;
        private final boolean byGateway;

        /** A throttled call with the time to wait, from now; not by the gateway. */
        public Throttled(String message, Duration retryAfter) {
            this(message, retryAfter, false);
        }

        /** A throttled call, by the gateway or by the service behind it. */
        public Throttled(String message, Duration retryAfter, boolean byGateway) {
            super(byGateway ? By.GATEWAY : By.UNKNOWN, message);
            this.retryAfter = retryAfter;
            this.byGateway = byGateway;
        }

        /** Whether the gateway throttled the call, so that every call with the same subscription has to wait. */
        public boolean byGateway() {
            return byGateway;
        }

        /** The time to wait, from the moment of the answer. */
        public Duration retryAfter() {
            return retryAfter;
        }
    }

    /** Not done: the job, blob or address does not exist (404). */
    public static final class NotFound extends RemoteException {
        private final boolean address;

        /** The service does not know the job or blob. */
        public NotFound(String message) {
            this(By.SERVICE, message, false);
        }

        /** An unknown job, blob or address. An unknown address says nothing about the job or blob. */
        public NotFound(By by, String message, boolean address) {
            super(by, message);
            this.address = address;
        }

        /** Whether the address is unknown, and not the job or blob. */
        public boolean isAddress() {
            return address;
        }
    }

    /** Not done: the blob has another version than the requested one (412). */
    public static final class Changed extends RemoteException {
        /** A refusal by the store. */
        public Changed(String message) {
            super(By.STORE, message);
        }
    }

    /** The outcome is unknown: 5xx, a time-out, a broken connection, or an answer that cannot be read. */
    public static final class Unavailable extends RemoteException {
        /** An unknown outcome. */
        public Unavailable(String message) {
            this(By.UNKNOWN, message);
        }

        /** An unknown outcome that a gateway, hop or store reported. */
        public Unavailable(By by, String message) {
            super(by, message);
        }

        /** An unknown outcome with its cause. */
        public Unavailable(String message, Throwable cause) {
            super(By.UNKNOWN, message, cause);
        }
    }
}
