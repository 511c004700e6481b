package dev.bes.orchestrator.web;

import dev.bes.orchestrator.run.DatabaseState;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

/** Lets no health indicator answer with the exception that it met: it names a class, and may name more. People get a reason. */
@Component
final class HealthInWords implements BeanPostProcessor {
    private static final String EXCEPTION = "error";
    private static final String REASON = "reason";

    private final ObjectProvider<DatabaseState> state;

    HealthInWords(ObjectProvider<DatabaseState> state) {
        this.state = state;
    }

    @Override
    public Object postProcessAfterInitialization(Object bean, String name) {
        return bean instanceof HealthIndicator indicator ? (HealthIndicator) () -> inWords(indicator.health()) : bean;
    }

    private @Nullable Health inWords(@Nullable Health health) {
        if (health == null || !health.getDetails().containsKey(EXCEPTION)) {
            return health;
        }
        Health.Builder words = Health.status(health.getStatus());
        health.getDetails().forEach((key, value) -> {
            if (!key.equals(EXCEPTION)) {
                words.withDetail(key, value);
            }
        });
        String trouble = state.getObject().trouble();
        return words.withDetail(
                        REASON, trouble == null ? "it could not be checked; the log of the service says why" : trouble)
                .build();
    }
}
