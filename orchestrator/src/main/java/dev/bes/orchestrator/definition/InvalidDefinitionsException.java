package dev.bes.orchestrator.definition;

import java.util.List;
import java.util.stream.Collectors;

/** At least one definition is invalid. Contains the problems of all files, sorted by location. */
public final class InvalidDefinitionsException extends RuntimeException {

    private final List<Diagnostic> problems;

    public InvalidDefinitionsException(List<Diagnostic> problems) {
        super(problems.stream().map(Diagnostic::toString).collect(Collectors.joining("\n")));
        this.problems = List.copyOf(problems);
    }

    /** Every mistake and every warning, sorted by file, line and column; at least one is a mistake. */
    public List<Diagnostic> problems() {
        return problems;
    }
}
