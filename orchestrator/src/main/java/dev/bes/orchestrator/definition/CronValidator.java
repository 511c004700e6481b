package dev.bes.orchestrator.definition;

import java.time.ZoneId;
import java.util.Optional;

/** Judges cron expressions, so that this package need not know the scheduler. */
@FunctionalInterface
public interface CronValidator {

    /**
     * Says what is wrong with a cron expression.
     *
     * @return the mistake in words; empty when the expression is good
     */
    Optional<String> mistake(String expression);

    /**
     * Says why a good expression does not fire any more.
     *
     * @return the reason in words; empty when it fires again
     */
    default Optional<String> over(String expression, ZoneId zone) {
        return Optional.empty();
    }
}
