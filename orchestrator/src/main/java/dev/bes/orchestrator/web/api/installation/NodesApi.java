package dev.bes.orchestrator.web.api.installation;

import dev.bes.api.installation.NodesJson;
import dev.bes.api.installation.NodesJson.NodeJson;
import dev.bes.orchestrator.account.Role;
import dev.bes.orchestrator.node.Node;
import dev.bes.orchestrator.node.NodeRegistry;
import dev.bes.orchestrator.node.NodeRegistry.RegisteredNode;
import dev.bes.orchestrator.web.list.ListQuery;
import dev.bes.orchestrator.web.list.Listed;
import dev.bes.orchestrator.web.security.Requires;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** The nodes over this database, for programs. */
@RestController
final class NodesApi {
    private static final Map<String, Function<NodeJson, @Nullable Object>> KEYS =
            Map.of("started", NodeJson::startedAt, "name", NodeJson::name);

    private final NodeRegistry registry;
    private final Node self;

    NodesApi(NodeRegistry registry, Node self) {
        this.registry = registry;
        this.self = self;
    }

    @GetMapping("/api/v1/nodes")
    @Requires(value = Role.VIEWER, everywhere = true)
    @Listed(
            of = NodeJson.class,
            items = "nodes",
            sort = {"started", "name"})
    NodesJson nodes(ListQuery list) {
        ListQuery.Page<NodeJson> page =
                list.of(registry.nodes().stream().map(this::json).toList(), KEYS, NodeJson::name);
        return new NodesJson(page.items(), page.next());
    }

    private NodeJson json(RegisteredNode node) {
        return new NodeJson(
                node.name(),
                node.startedAt(),
                node.lastHeartbeatAt(),
                node.alive(),
                node.skew().toMillis(),
                node.name().equals(self.name()));
    }
}
