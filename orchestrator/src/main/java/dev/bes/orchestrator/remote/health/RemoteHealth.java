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
 * How the far side stands, for the health group {@code remote}: the blob store and each endpoint, by what the calls of this
 * node have shown. Nobody is asked, so that looking costs no call. No part of readiness: such a node can still be asked.
 */
@Configuration(proxyBeanMethods = false)
class RemoteHealth {
    private static final String EXCEPTION = "\\b(?:[a-z]\\w*\\.)*[A-Z]\\w*Exception\\b";

    @Bean
    HealthIndicator storeHealthIndicator(Blobs blobs) {
        return indicator(blobs::condition);
    }

    @Bean
    CompositeHealthContributor endpointsHealthContributor(Endpoints endpoints) {
        Map<String, HealthContributor> contributors = new TreeMap<>();
        // a slash would be a step down in the address of a part
        endpoints
                .names()
                .forEach(name -> contributors.put(name.replace('/', '-'), indicator(() -> endpoints.condition(name))));
        return CompositeHealthContributor.fromMap(contributors);
    }

    private static HealthIndicator indicator(Supplier<ObservedHealth> condition) {
        return () -> health(condition.get());
    }

    /** What a client threw is for the log; here it says no more than that no answer came. */
    private static String inWords(String reason) {
        return reason.replaceAll(EXCEPTION + ": ", "").replaceAll(EXCEPTION, "no answer");
    }

    private static Health health(ObservedHealth observedHealth) {
        Health.Builder health = observedHealth.isTrouble() ? Health.down() : Health.up();
        if (!observedHealth.reason().isEmpty()) {
            health.withDetail("reason", inWords(observedHealth.reason()));
        }
        if (observedHealth.since() != null) {
            health.withDetail("since", observedHealth.since().toString());
        }
        return health.build();
    }
}
