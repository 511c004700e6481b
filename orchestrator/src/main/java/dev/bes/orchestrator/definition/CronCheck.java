package dev.bes.orchestrator.definition;

import java.util.Optional;

/** Judges cron expressions, so that this package need not know the scheduler. */
@FunctionalInterface
public interface CronCheck {

    /**
     * Says what is wrong with a cron expression.
     *
     * @return the mistake in words; empty when the expression is good
     */
    Optional<String> mistake(String expression);
}
