package dev.bes.orchestrator.startup;

import dev.bes.orchestrator.database.DatabaseFailure;
import dev.bes.orchestrator.database.DatabaseUnusableException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;

/** Explains why the service can't use its database at startup, instead of a stack trace. */
public final class DatabaseUnusableAnalyzer implements FailureAnalyzer {
    @Override
    public @Nullable FailureAnalysis analyze(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof DatabaseUnusableException unusable) {
                return new FailureAnalysis(unusable.getMessage(), unusable.action(), unusable);
            }
        }
        DatabaseFailure lost = DatabaseFailure.of(failure);
        return lost == null || !lost.isOutage()
                ? null
                : new FailureAnalysis(
                        "The service lost the database during its start: " + lost.text() + ".",
                        "Start it again. It waits for the database for up to orchestrator.database.startup-timeout.",
                        failure);
    }
}
