package dev.bes.orchestrator.web.health;

import dev.bes.orchestrator.database.DatabaseFailure;
import dev.bes.orchestrator.database.DatabaseState;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.stereotype.Component;

/** Lets no health indicator answer with the exception that it met: it names a class, and may name more. People get a reason. */
@Component
final class ReadableHealth implements BeanPostProcessor {
    private static final String EXCEPTION = "error";
    private static final String REASON = "reason";
    private static final String OF_DATABASE = "dbHealthContributor";

    private final ObjectProvider<DatabaseState> state;

    ReadableHealth(ObjectProvider<DatabaseState> state) {
        this.state = state;
    }

    @Override
    public Object postProcessAfterInitialization(Object bean, String name) {
        boolean ofDatabase = name.equals(OF_DATABASE);
        return bean instanceof HealthIndicator indicator
                ? (HealthIndicator) () -> inWords(indicator.health(), ofDatabase)
                : bean;
    }

    /** The indicator of the database may be down without an exception, and then says nothing. */
    private @Nullable Health inWords(@Nullable Health health, boolean ofDatabase) {
        if (health == null) {
            return null;
        }
        boolean broken = health.getDetails().containsKey(EXCEPTION);
        if (!broken && (!ofDatabase || health.getStatus().equals(Status.UP))) {
            return health;
        }
        Health.Builder words = Health.status(health.getStatus());
        health.getDetails().forEach((key, value) -> {
            if (!key.equals(EXCEPTION)) {
                words.withDetail(key, value);
            }
        });
        return words.withDetail(REASON, reason(ofDatabase)).build();
    }

    private String reason(boolean ofDatabase) {
        String trouble = state.getObject().trouble();
        String unknown = ofDatabase
                ? DatabaseFailure.NO_ANSWER.words()
                : "it could not be checked; the log of the service says why";
        return trouble == null ? unknown : trouble;
    }
}
