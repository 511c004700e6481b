package dev.bes.orchestrator.run.claim;

import dev.bes.orchestrator.node.Heartbeat;
import dev.bes.orchestrator.node.Node;
import dev.bes.orchestrator.run.Claim;
import java.time.Duration;
import java.util.Collection;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The claims that this node is working on, as its heartbeat renews them.
 *
 * @param claims all of them
 */
public record HeldClaims(Collection<Claim> claims) implements Heartbeat.HeldLeases {

    @Override
    public Set<Long> renew(JdbcClient jdbc, Node node, Duration lease) {
        return new LeaseStatements(jdbc, node).renew(claims, lease);
    }

    @Override
    public void releaseLapsed(JdbcClient jdbc, Node node) {
        new LeaseStatements(jdbc, node).releaseLapsed(claims);
    }
}
