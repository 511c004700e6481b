package dev.bes.orchestrator.web.health;

import dev.bes.orchestrator.node.LivenessCheck;
import java.util.List;
import java.util.Objects;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.stereotype.Component;

/** Whether the work of this node moves; part of liveness, since a node that hangs can't mend that by itself. */
@Component("workHealthIndicator")
final class WorkHealthIndicator extends AbstractHealthIndicator {
    private final List<LivenessCheck> ailments;

    WorkHealthIndicator(List<LivenessCheck> ailments) {
        this.ailments = ailments;
    }

    @Override
    protected void doHealthCheck(Health.Builder builder) {
        List<String> wrong = ailments.stream()
                .map(LivenessCheck::now)
                .filter(Objects::nonNull)
                .toList();
        if (wrong.isEmpty()) {
            builder.up();
        } else {
            builder.down().withDetail("reason", String.join("; ", wrong));
        }
    }
}
