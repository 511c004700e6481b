package dev.bes.orchestrator.trigger;

import java.util.Collection;

/** A trigger starts no run. The message says why and what to do. */
public abstract sealed class RunRefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private RunRefusedException(String message) {
        super(message);
    }

    /** The request names a definition that does not exist. The message lists the definitions that exist. */
    public static final class UnknownDefinition extends RunRefusedException {
        private static final long serialVersionUID = 1L;

        /**
         * Lists the definitions that exist.
         *
         * @param known names of all definitions
         */
        public UnknownDefinition(String name, Collection<String> known) {
            super("Definition '%s' does not exist; the definitions are: %s".formatted(name, String.join(", ", known)));
        }
    }

    /** An input has no file or too many files, or a file has no input. The message names the input. */
    public static final class NoInput extends RunRefusedException {
        private static final long serialVersionUID = 1L;

        public NoInput(String message) {
            super(message);
        }
    }

    /** Too many scorings are unfinished. The caller repeats the request later. */
    public static final class QueueFull extends RunRefusedException {
        private static final long serialVersionUID = 1L;

        /**
         * Names the limit.
         *
         * @param limit how many scorings may be unfinished
         */
        public QueueFull(long limit) {
            super(
                    "%d scorings are unfinished, the limit of orchestrator.trigger.max-unfinished; the request was not accepted"
                            .formatted(limit));
        }
    }

    /** A run can't be repeated. The message says why. */
    public static final class NotRepeatable extends RunRefusedException {
        private static final long serialVersionUID = 1L;

        public NotRepeatable(String message) {
            super(message);
        }
    }

    /** The idempotency key was used before, for a request with other content. */
    public static final class KeyReused extends RunRefusedException {
        private static final long serialVersionUID = 1L;

        /**
         * Names the run of the key.
         *
         * @param run id of the run that the first request with this key started
         */
        public KeyReused(String key, long run) {
            this(key, "started run " + run);
        }

        /**
         * Says what the key did.
         *
         * @param did what the first request with this key did
         */
        public KeyReused(String key, String did) {
            super("The idempotency key '%s' was used for another request, which %s; use a new key".formatted(key, did));
        }
    }
}
