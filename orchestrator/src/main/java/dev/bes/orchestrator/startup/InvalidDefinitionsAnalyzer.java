package dev.bes.orchestrator.startup;

import dev.bes.orchestrator.definition.Diagnostic;
import dev.bes.orchestrator.definition.InvalidDefinitionsException;
import java.util.stream.Collectors;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Lists the mistakes in the definitions that prevent a start, instead of a stack trace. */
public final class InvalidDefinitionsAnalyzer extends AbstractFailureAnalyzer<InvalidDefinitionsException> {
    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, InvalidDefinitionsException cause) {
        String problems = cause.problems().stream().map(Diagnostic::toString).collect(Collectors.joining("\n"));
        return new FailureAnalysis(
                "The definitions have mistakes:\n\n" + problems,
                "Correct them and start again. scripts/validate checks them without starting the service.",
                cause);
    }
}
