package dev.bes.orchestrator.web.page;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.health.contributor.CompositeHealthContributor;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.stereotype.Component;

/** The blob store and the endpoints, with the state that the health group {@code remote} shows. */
@Component
final class RemoteParts {
    private final HealthIndicator store;
    private final CompositeHealthContributor endpoints;

    RemoteParts(
            @Qualifier("storeHealthIndicator") HealthIndicator store,
            @Qualifier("endpointsHealthContributor") CompositeHealthContributor endpoints) {
        this.store = store;
        this.endpoints = endpoints;
    }

    /**
     * A part that refuses us or does not answer.
     *
     * @param name what it is
     * @param reason why
     */
    record Part(String name, String reason) {}

    /** The parts that refuse us or do not answer. */
    List<Part> failing() {
        List<Part> parts = new ArrayList<>();
        add(parts, "Blob store", store.health());
        endpoints.stream().forEach(endpoint -> {
            if (endpoint.contributor() instanceof HealthIndicator indicator) {
                add(parts, "Endpoint " + endpoint.name(), indicator.health());
            }
        });
        return parts;
    }

    private static void add(List<Part> parts, String name, @Nullable Health health) {
        if (health != null && Status.DOWN.equals(health.getStatus())) {
            parts.add(new Part(name, String.valueOf(health.getDetails().get("reason"))));
        }
    }
}
