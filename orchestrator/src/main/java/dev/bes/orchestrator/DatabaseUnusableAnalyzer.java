package dev.bes.orchestrator;

import dev.bes.orchestrator.run.DatabaseUnusableException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says why the service can't start on its database, instead of a stack trace. */
public final class DatabaseUnusableAnalyzer extends AbstractFailureAnalyzer<DatabaseUnusableException> {
    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, DatabaseUnusableException cause) {
        return new FailureAnalysis(cause.getMessage(), cause.action(), cause);
    }
}
