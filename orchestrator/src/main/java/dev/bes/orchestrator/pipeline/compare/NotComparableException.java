package dev.bes.orchestrator.pipeline.compare;

/** Two outputs can't be compared, and waiting does not change that. */
final class NotComparableException extends Exception {
    private static final long serialVersionUID = 1L;

    NotComparableException(String cause) {
        super(cause);
    }
}
