package dev.bes.orchestrator.web.health;

import dev.bes.orchestrator.node.LivenessCheck;
import java.util.List;
import java.util.Objects;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.stereotype.Component;

/** Reports whether the work of this node progresses. Part of liveness: only a restart helps a node that hangs. */
@Component("workHealthIndicator")
final class WorkHealthIndicator extends AbstractHealthIndicator {
    private final List<LivenessCheck> checks;

    WorkHealthIndicator(List<LivenessCheck> checks) {
        this.checks = checks;
    }

    @Override
    protected void doHealthCheck(Health.Builder builder) {
        List<String> failures =
                checks.stream().map(LivenessCheck::now).filter(Objects::nonNull).toList();
        if (failures.isEmpty()) {
            builder.up();
        } else {
            builder.down().withDetail("reason", String.join("; ", failures));
        }
    }
}
