package dev.bes.orchestrator.trigger;

/** So much waits to be scored that a request should come back later. */
public final class QueueFullException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public QueueFullException(long most) {
        super("%d scorings have not ended yet, as many as may be; nothing was accepted".formatted(most));
    }
}
