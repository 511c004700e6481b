package dev.bes.orchestrator;

import dev.bes.orchestrator.database.DatabaseFailure;
import dev.bes.orchestrator.database.DatabaseUnusableException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;

/** Says why the service can't start on its database, or lost it while it started, instead of a stack trace. */
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
                        "The database was there when the service started, and went away before it was ready: "
                                + lost.words() + ".",
                        "Start it again: it waits for the database, as long as orchestrator.database.wait says.",
                        failure);
    }
}
