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

/** Replaces the exception in the answer of a health indicator by a reason: an exception may contain secrets. */
@Component
final class ReadableHealth implements BeanPostProcessor {
    private static final String EXCEPTION = "error";
    private static final String REASON = "reason";
    private static final String DATABASE = "dbHealthContributor";

    private final ObjectProvider<DatabaseState> state;

    ReadableHealth(ObjectProvider<DatabaseState> state) {
        this.state = state;
    }

    @Override
    public Object postProcessAfterInitialization(Object bean, String name) {
        boolean isDatabase = name.equals(DATABASE);
        return bean instanceof HealthIndicator indicator
                ? (HealthIndicator) () -> readable(indicator.health(), isDatabase)
                : bean;
    }

    /** The indicator of the database may be down without an exception and without a reason. */
    private @Nullable Health readable(@Nullable Health health, boolean isDatabase) {
        if (health == null) {
            return null;
        }
        boolean broken = health.getDetails().containsKey(EXCEPTION);
        if (!broken && (!isDatabase || health.getStatus().equals(Status.UP))) {
            return health;
        }
        Health.Builder builder = Health.status(health.getStatus());
        health.getDetails().forEach((key, value) -> {
            if (!key.equals(EXCEPTION)) {
                builder.withDetail(key, value);
            }
        });
        return builder.withDetail(REASON, reason(isDatabase)).build();
    }

    private String reason(boolean isDatabase) {
        String failure = state.getObject().outage();
        String unknown = isDatabase
                ? DatabaseFailure.NO_ANSWER.text()
                : "it could not be checked; the log of the service says why";
        return failure == null ? unknown : failure;
    }
}
