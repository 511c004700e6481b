package dev.bes.orchestrator.remote.endpoint;

import dev.bes.orchestrator.remote.Endpoints;
import dev.bes.orchestrator.remote.InvalidSetting;
import dev.bes.orchestrator.remote.ObservedHealth;
import dev.bes.orchestrator.remote.OneCallService;
import dev.bes.orchestrator.remote.RemoteJobs;
import dev.bes.orchestrator.remote.RowService;
import dev.bes.orchestrator.remote.budget.LimitedCalls;
import dev.bes.orchestrator.remote.settings.EndpointSettings;
import dev.bes.orchestrator.remote.settings.RemoteSettings;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The endpoints of the settings, each opened once by its kind. */
@Component("endpoints")
public final class RemoteEndpoints implements Endpoints {
    private final Map<String, EndpointSettings> settings;
    private final Map<String, RemoteEndpoint> endpoints = new TreeMap<>();
    private final LimitedCalls limited;

    /**
     * Opens all endpoints.
     *
     * @param limited the subscriptions whose calls are limited
     * @throws InvalidSetting if an endpoint has an unknown kind
     * @throws IllegalStateException if two kinds have the same name
     */
    public RemoteEndpoints(RemoteSettings settings, List<RemoteKind> kinds, LimitedCalls limited) {
        this.settings = settings.endpoints();
        this.limited = limited;
        Map<String, RemoteKind> known = kinds.stream()
                .collect(Collectors.toMap(
                        RemoteKind::name,
                        kind -> kind,
                        (a, b) -> {
                            throw new IllegalStateException("Two kinds of remote services have the name " + a.name());
                        },
                        TreeMap::new));
        this.settings.forEach(
                (name, its) -> endpoints.put(name, kind(name, its.kind(), known).open(name, its)));
    }

    private static RemoteKind kind(String endpoint, String kind, Map<String, RemoteKind> known) {
        @Nullable RemoteKind found = known.get(kind);
        if (found == null) {
            throw new InvalidSetting(
                    EndpointSettings.property(endpoint, "kind"),
                    "is '%s', which is not a kind of remote service: write one of %s"
                            .formatted(kind, String.join(", ", known.keySet())));
        }
        return found;
    }

    @Override
    public Set<String> names() {
        return Set.copyOf(endpoints.keySet());
    }

    @Override
    public RemoteJobs jobs(String endpoint) {
        @Nullable RemoteJobs jobs = of(endpoint).jobs();
        if (jobs == null) {
            throw new IllegalStateException("Endpoint " + endpoint + " scores rows and has no jobs");
        }
        return jobs;
    }

    @Override
    public @Nullable RowService rows(String endpoint) {
        return of(endpoint).rows();
    }

    @Override
    public @Nullable OneCallService oneCall(String endpoint) {
        return of(endpoint).oneCall();
    }

    @Override
    public int maxConcurrentJobs(String endpoint) {
        of(endpoint);
        int maxJobs = Objects.requireNonNull(settings.get(endpoint)).maxConcurrentJobs();
        return maxJobs == 0 ? Integer.MAX_VALUE : maxJobs;
    }

    @Override
    public int allowedLaunches(String endpoint) {
        return of(endpoint).allowedLaunches();
    }

    @Override
    public int allowedPolls(String endpoint) {
        return of(endpoint).allowedPolls();
    }

    @Override
    public ObservedHealth observedHealth(String endpoint) {
        return of(endpoint).observedHealth();
    }

    @Override
    public List<LimitedSubscription> limitedSubscriptions() {
        return limited.subscriptions();
    }

    private RemoteEndpoint of(String name) {
        @Nullable RemoteEndpoint endpoint = endpoints.get(name);
        if (endpoint == null) {
            throw new IllegalArgumentException("There is no endpoint " + name + "; configured: " + endpoints.keySet());
        }
        return endpoint;
    }
}
