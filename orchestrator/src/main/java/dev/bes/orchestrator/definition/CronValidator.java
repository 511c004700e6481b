package dev.bes.orchestrator.definition;

import java.time.ZoneId;
import java.util.Optional;

/** Validates what schedules say about times. An interface so that this package does not depend on the scheduler. */
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

    /**
     * Finds the mistake in a recurrence rule of RFC 5545.
     *
     * @return a description of the mistake; empty when the rule is valid
     */
    default Optional<String> ruleMistake(String rule) {
        return Optional.empty();
    }

    /**
     * Finds out whether the public holidays of a country or region are known.
     *
     * @param code such as {@code DE} or {@code DE-BY}
     * @return a description of the mistake; empty when they are known
     */
    default Optional<String> holidaysMistake(String code) {
        return Optional.empty();
    }
}
