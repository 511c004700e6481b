package dev.bes.orchestrator.definition;

import java.util.List;
import java.util.stream.Collectors;

/** Some definitions are wrong: holds every mistake of every file, sorted by place. */
public final class InvalidDefinitions extends RuntimeException {

    private final List<Problem> problems;

    InvalidDefinitions(List<Problem> problems) {
        super(problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
        this.problems = List.copyOf(problems);
    }

    /** Every mistake, sorted by file, line and column; never empty. */
    public List<Problem> problems() {
        return problems;
    }
}
