package dev.bes.orchestrator.callback;

/** A request names an address for its callback that may not be called. The message says why. */
public final class CallbackRefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    CallbackRefusedException(String message) {
        super(message);
    }
}
