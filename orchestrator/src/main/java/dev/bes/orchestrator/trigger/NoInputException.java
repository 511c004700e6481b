package dev.bes.orchestrator.trigger;

/** An input of a run has no file, or too many; the message says which and what to do. */
public final class NoInputException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public NoInputException(String message) {
        super(message);
    }
}
