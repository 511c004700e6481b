package dev.bes.orchestrator.trigger;

import dev.bes.orchestrator.definition.CronCheck;
import java.text.ParseException;
import java.util.Optional;
import org.quartz.CronExpression;

/** Judges cron expressions by the scheduler that will run them. */
public final class QuartzCron implements CronCheck {
    @Override
    public Optional<String> mistake(String expression) {
        try {
            CronExpression.validateExpression(expression);
            return Optional.empty();
        } catch (ParseException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }
}
