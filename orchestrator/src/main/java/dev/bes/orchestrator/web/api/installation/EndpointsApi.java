package dev.bes.orchestrator.web.api.installation;

import dev.bes.api.installation.EndpointsJson;
import dev.bes.api.installation.EndpointsJson.EndpointJson;
import dev.bes.api.installation.EndpointsJson.HealthJson;
import dev.bes.orchestrator.account.Access;
import dev.bes.orchestrator.account.Role;
import dev.bes.orchestrator.definition.Definition;
import dev.bes.orchestrator.remote.CallLimit;
import dev.bes.orchestrator.remote.Endpoints;
import dev.bes.orchestrator.remote.ObservedHealth;
import dev.bes.orchestrator.remote.settings.EndpointSettings;
import dev.bes.orchestrator.remote.settings.RemoteSettings;
import dev.bes.orchestrator.web.security.Authorization;
import dev.bes.orchestrator.web.security.Requires;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** The endpoints, for programs. Who does not see all definitions sees the endpoints of those that he sees. */
@RestController
final class EndpointsApi {
    private final Authorization authorization;
    private final RemoteSettings settings;
    private final Endpoints endpoints;

    EndpointsApi(Authorization authorization, RemoteSettings settings, Endpoints endpoints) {
        this.authorization = authorization;
        this.settings = settings;
        this.endpoints = endpoints;
    }

    @GetMapping("/api/v1/endpoints")
    @Requires(Role.VIEWER)
    EndpointsJson all(Access access) {
        List<Definition> visible = authorization.visible(access);
        return new EndpointsJson(new TreeMap<>(settings.endpoints())
                .entrySet().stream()
                        .map(endpoint -> json(endpoint, visible))
                        .filter(endpoint -> access.mayEverywhere(Role.VIEWER)
                                || !endpoint.definitions().isEmpty())
                        .toList());
    }

    private EndpointJson json(Map.Entry<String, EndpointSettings> endpoint, List<Definition> visible) {
        String name = endpoint.getKey();
        EndpointSettings set = endpoint.getValue();
        int jobs = endpoints.maxConcurrentJobs(name);
        return new EndpointJson(
                name,
                set.kind(),
                set.url(),
                jobs == Integer.MAX_VALUE ? null : jobs,
                set.limits().stream().map(CallLimit::toString).toList(),
                visible.stream()
                        .filter(definition -> definition.endpoint().equals(name))
                        .map(Definition::name)
                        .toList(),
                json(endpoints.observedHealth(name)));
    }

    private static HealthJson json(ObservedHealth health) {
        return new HealthJson(health.state().name().toLowerCase(Locale.ROOT), health.reason(), health.since());
    }
}
