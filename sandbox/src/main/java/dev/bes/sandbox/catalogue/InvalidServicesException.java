package dev.bes.sandbox.catalogue;

import dev.bes.sandbox.document.Mistake;
import java.util.List;
import java.util.stream.Collectors;

/** Declared services have mistakes. The message lists all of them, one a line. */
public final class InvalidServicesException extends RuntimeException {

    /** Creates the exception; there is at least one mistake. */
    public InvalidServicesException(List<Mistake> mistakes) {
        super(mistakes.stream()
                .map(Mistake::toString)
                .collect(Collectors.joining("\n  ", "The services cannot be read:\n  ", "")));
    }
}
