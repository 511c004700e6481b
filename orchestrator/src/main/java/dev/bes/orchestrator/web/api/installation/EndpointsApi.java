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
import dev.bes.orchestrator.web.list.ListQuery;
import dev.bes.orchestrator.web.list.Listed;
import dev.bes.orchestrator.web.security.Authorization;
import dev.bes.orchestrator.web.security.Requires;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The endpoints, for programs. Who does not see all definitions sees the endpoints of those that he sees. */
@RestController
final class EndpointsApi {
    private static final Map<String, Function<EndpointJson, @Nullable Object>> KEYS =
            Map.of("name", EndpointJson::name, "kind", EndpointJson::kind);

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
    @Listed(
            of = EndpointJson.class,
            items = "endpoints",
            sort = {"name", "kind"})
    EndpointsJson all(@RequestParam(required = false) @Nullable String kind, ListQuery list, Access access) {
        List<Definition> visible = authorization.visible(access);
        List<EndpointJson> all = settings.endpoints().entrySet().stream()
                .map(endpoint -> json(endpoint, visible))
                .filter(endpoint -> access.mayEverywhere(Role.VIEWER)
                        || !endpoint.definitions().isEmpty())
                .filter(endpoint -> kind == null || kind.isEmpty() || kind.equals(endpoint.kind()))
                .toList();
        ListQuery.Page<EndpointJson> page = list.of(all, KEYS, EndpointJson::name);
        return new EndpointsJson(page.items(), page.next());
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
