package dev.bes.orchestrator.web.health;

import dev.bes.orchestrator.trigger.Intake;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.stereotype.Component;

/** Whether files and requests are taken, or wait for what came before. No part of readiness: it is so on every node. */
@Component("intakeHealthIndicator")
final class IntakeHealthIndicator extends AbstractHealthIndicator {
    private final Intake intake;

    IntakeHealthIndicator(Intake intake) {
        this.intake = intake;
    }

    @Override
    protected void doHealthCheck(Health.Builder builder) {
        if (intake.isFull()) {
            builder.down()
                    .withDetail("reason", "%d scorings have not ended, as many as may be".formatted(intake.most()));
        } else {
            builder.up();
        }
    }
}
