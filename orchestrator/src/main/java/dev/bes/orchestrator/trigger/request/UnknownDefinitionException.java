package dev.bes.orchestrator.trigger.request;

import java.util.Collection;

/** A request names a definition that there is not; the message lists those that there are. */
public final class UnknownDefinitionException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnknownDefinitionException(String name, Collection<String> known) {
        super("There is no definition '%s'; known are: %s".formatted(name, String.join(", ", known)));
    }
}
