package dev.bes.orchestrator.web.health;

import dev.bes.orchestrator.node.Heartbeat;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.stereotype.Component;

/** Reports whether this node is fit for work. Makes no call, so that no exhausted pool can delay the answer. */
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
