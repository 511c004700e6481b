package dev.bes.sandbox.managedapi;

import dev.bes.sandbox.document.Mistake;
import java.util.List;
import java.util.stream.Collectors;

/** The documents of the managed API have mistakes. The message lists all of them, one a line. */
public final class InvalidManagedApiException extends RuntimeException {

    private final transient List<Mistake> mistakes;

    /** Creates the exception; there is at least one mistake. */
    public InvalidManagedApiException(List<Mistake> mistakes) {
        super(mistakes.stream()
                .map(Mistake::toString)
                .collect(Collectors.joining("\n  ", "The managed API cannot be read:\n  ", "")));
        this.mistakes = List.copyOf(mistakes);
    }

    /** The mistakes in the order of files and lines. */
    public List<Mistake> mistakes() {
        return mistakes;
    }
}
