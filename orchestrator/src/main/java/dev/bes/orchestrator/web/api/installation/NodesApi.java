package dev.bes.orchestrator.web.api.installation;

import dev.bes.api.installation.NodesJson;
import dev.bes.api.installation.NodesJson.NodeJson;
import dev.bes.orchestrator.account.Role;
import dev.bes.orchestrator.node.Node;
import dev.bes.orchestrator.node.NodeRegistry;
import dev.bes.orchestrator.node.NodeRegistry.RegisteredNode;
import dev.bes.orchestrator.web.security.Requires;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** The nodes over this database, for programs. */
@RestController
final class NodesApi {
    private final NodeRegistry registry;
    private final Node self;

    NodesApi(NodeRegistry registry, Node self) {
        this.registry = registry;
        this.self = self;
    }

    @GetMapping("/api/v1/nodes")
    @Requires(value = Role.VIEWER, everywhere = true)
    NodesJson nodes() {
        return new NodesJson(registry.nodes().stream().map(this::json).toList());
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
