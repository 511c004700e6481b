package dev.bes.orchestrator.trigger.request;

/** An idempotency key comes again with another request. */
public final class KeyReusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    KeyReusedException(String key, long run) {
        super("The idempotency key '%s' was used for another request, which became run %d; use a new key"
                .formatted(key, run));
    }
}
