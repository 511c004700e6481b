package dev.bes.orchestrator.remote.health;

import dev.bes.orchestrator.remote.Endpoints;
import dev.bes.orchestrator.remote.ObservedHealth;
import dev.bes.orchestrator.remote.blob.Blobs;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.springframework.boot.health.contributor.CompositeHealthContributor;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthContributor;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The health group {@code remote}: the blob store and each endpoint, as the calls of this node have shown them. A health check
 * makes no call. The group is not part of readiness, since the node can still accept requests.
 */
@Configuration(proxyBeanMethods = false)
class RemoteHealth {
    private static final String EXCEPTION = "\\b(?:[a-z]\\w*\\.)*[A-Z]\\w*Exception\\b";

    @Bean
    HealthIndicator storeHealthIndicator(Blobs blobs) {
        return indicator(blobs::observedHealth);
    }

    @Bean
    CompositeHealthContributor endpointsHealthContributor(Endpoints endpoints) {
        Map<String, HealthContributor> contributors = new TreeMap<>();
        // a slash would separate path segments in the address of a contributor
        endpoints
                .names()
                .forEach(name ->
                        contributors.put(name.replace('/', '-'), indicator(() -> endpoints.observedHealth(name))));
        return CompositeHealthContributor.fromMap(contributors);
    }

    private static HealthIndicator indicator(Supplier<ObservedHealth> condition) {
        return () -> health(condition.get());
    }

    /** Replaces the names of exceptions, which are for the log. */
    private static String withoutExceptions(String reason) {
        return reason.replaceAll(EXCEPTION + ": ", "").replaceAll(EXCEPTION, "no answer");
    }

    private static Health health(ObservedHealth observedHealth) {
        Health.Builder health = observedHealth.isUnhealthy() ? Health.down() : Health.up();
        if (!observedHealth.reason().isEmpty()) {
            health.withDetail("reason", withoutExceptions(observedHealth.reason()));
        }
        if (observedHealth.since() != null) {
            health.withDetail("since", observedHealth.since().toString());
        }
        return health.build();
    }
}
