package dev.bes.orchestrator.definition;

import java.time.ZoneId;
import java.util.Optional;

/** Validates cron expressions. An interface so that this package does not depend on the scheduler. */
@FunctionalInterface
public interface CronValidator {

    /**
     * Finds the mistake in a cron expression.
     *
     * @return a description of the mistake; empty when the expression is valid
     */
    Optional<String> mistake(String expression);

    /**
     * Tells why a valid expression never fires again.
     *
     * @return the reason; empty when it fires again
     */
    default Optional<String> over(String expression, ZoneId zone) {
        return Optional.empty();
    }
}
