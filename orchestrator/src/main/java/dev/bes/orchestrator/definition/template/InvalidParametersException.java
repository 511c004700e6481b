package dev.bes.orchestrator.definition.template;

import dev.bes.orchestrator.definition.RequestSchema.Violation;
import java.util.List;
import java.util.stream.Collectors;

/** Parameters of a request do not fit the schema of its definition; the message lists all of them. */
public final class InvalidParametersException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<Violation> violations;

    InvalidParametersException(String definition, List<Violation> violations) {
        super("Definition '%s': %s"
                .formatted(
                        definition,
                        violations.stream()
                                .map(one -> "parameter '%s' %s".formatted(one.parameter(), one.message()))
                                .collect(Collectors.joining("; "))));
        this.violations = violations;
    }

    /** What is wrong, parameter by parameter. */
    public List<Violation> violations() {
        return violations;
    }
}
