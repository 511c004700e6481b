package dev.bes.orchestrator.remote;

import java.time.Duration;

/** A remote call that did not do what it was asked; the subtype says what may be done next. */
public abstract sealed class RemoteException extends RuntimeException {

    RemoteException(String message) {
        super(message);
    }

    RemoteException(String message, Throwable cause) {
        super(message, cause);
    }

    /** Definitely not done, and never will be as asked: a mistake in the request (400, 405, 413, 415, 422). */
    public static final class Rejected extends RemoteException {
        private final String code;

        /** A rejection with the remote's most precise code, such as {@code CannotStartJob}. */
        public Rejected(String code, String message) {
            super(message);
            this.code = code;
        }

        /** The remote's most precise code, such as {@code CannotStartJob}; empty if it gave none. */
        public String code() {
            return code;
        }
    }

    /** Definitely not done: the key or the right is missing or wrong (401, 403 without a quota). */
    public static final class Refused extends RemoteException {
        /** A refusal that says which key or right to look at. */
        public Refused(String message) {
            super(message);
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
            super(message);
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

    /** The remote knows no such thing (404). */
    public static final class NotFound extends RemoteException {
        /** A missing job or service. */
        public NotFound(String message) {
            super(message);
        }
    }

    /** Nobody knows whether it was done: 5xx, a time-out, a broken connection, an answer that makes no sense. */
    public static final class Unavailable extends RemoteException {
        /** An ambiguous outcome. */
        public Unavailable(String message) {
            super(message);
        }

        /** An ambiguous outcome with its cause. */
        public Unavailable(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
