package dev.bes.orchestrator.web.health;

import dev.bes.orchestrator.node.Heartbeat;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.stereotype.Component;

/** Whether this node can do its work; asks nobody, so that a crowded pool or a silent database can't hold the answer up. */
@Component("nodeHealthIndicator")
final class NodeHealthIndicator extends AbstractHealthIndicator {
    private final Heartbeat heartbeat;

    NodeHealthIndicator(Heartbeat heartbeat) {
        this.heartbeat = heartbeat;
    }

    @Override
    protected void doHealthCheck(Health.Builder builder) {
        String unfit = heartbeat.unfit();
        if (unfit == null) {
            builder.up();
        } else {
            builder.down().withDetail("reason", unfit);
        }
    }
}
