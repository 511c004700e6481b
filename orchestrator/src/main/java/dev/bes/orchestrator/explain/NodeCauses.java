package dev.bes.orchestrator.explain;

import dev.bes.orchestrator.explain.Cause.Kind;
import dev.bes.orchestrator.node.NodeRegistry;
import dev.bes.orchestrator.node.NodeRegistry.RegisteredNode;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** Which nodes were, or are, away. Nodes that ended in good order are no longer recorded. */
@Component
class NodeCauses {
    private final NodeRegistry registry;

    NodeCauses(NodeRegistry registry) {
        this.registry = registry;
    }

    /**
     * Which recorded nodes were away at a time, and whether none was there.
     *
     * @param named whether nodes may be named
     */
    List<Cause> at(Instant time, boolean named) {
        List<RegisteredNode> nodes = registry.nodes();
        Stream<Cause> away = nodes.stream()
                .filter(node -> named
                        && !node.alive()
                        && node.startedAt().isBefore(time)
                        && node.lastHeartbeatAt().isBefore(time))
                .map(NodeCauses::away);
        boolean there = nodes.stream()
                .anyMatch(node -> !node.startedAt().isAfter(time)
                        && (node.alive() || !node.lastHeartbeatAt().isBefore(time)));
        return Stream.concat(there ? Stream.of() : Stream.of(none(nodes)), away).toList();
    }

    private static Cause none(List<RegisteredNode> nodes) {
        String first = nodes.stream()
                .map(RegisteredNode::startedAt)
                .min(Comparator.naturalOrder())
                .map(start -> ": the first of them started at " + AskedTime.words(start, ZoneOffset.UTC))
                .orElse("");
        return Cause.of(
                CauseCode.NO_NODE, "None of the nodes that are recorded now was there at that time" + first + ".");
    }

    /** That no node is there now; empty if one is. */
    Optional<Cause> noneNow() {
        return registry.nodes().stream().anyMatch(RegisteredNode::alive)
                ? Optional.empty()
                : Optional.of(Cause.of(CauseCode.NO_NODE, "No node is there: none has written a heartbeat for 30 s."));
    }

    /** That a node is away; empty if it is there. */
    Optional<Cause> away(String node) {
        List<RegisteredNode> nodes = registry.nodes();
        return nodes.stream().anyMatch(one -> one.name().equals(node) && one.alive())
                ? Optional.empty()
                : Optional.of(nodes.stream()
                        .filter(one -> one.name().equals(node))
                        .findFirst()
                        .map(NodeCauses::away)
                        .orElseGet(() -> Cause.of(CauseCode.NODE_AWAY, "Node " + node + " has ended.")
                                .about(Kind.NODE, node)));
    }

    private static Cause away(RegisteredNode node) {
        String text = "Node %s is away: its last heartbeat was at %s."
                .formatted(node.name(), AskedTime.words(node.lastHeartbeatAt(), ZoneOffset.UTC));
        return Cause.of(CauseCode.NODE_AWAY, text).since(node.lastHeartbeatAt()).about(Kind.NODE, node.name());
    }
}
