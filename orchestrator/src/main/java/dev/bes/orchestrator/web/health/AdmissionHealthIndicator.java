package dev.bes.orchestrator.web.health;

import dev.bes.orchestrator.trigger.AdmissionControl;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.stereotype.Component;

/** Whether files and requests are taken, or wait for what came before. No part of readiness: it is so on every node. */
@Component("intakeHealthIndicator")
final class AdmissionHealthIndicator extends AbstractHealthIndicator {
    private final AdmissionControl admissionControl;

    AdmissionHealthIndicator(AdmissionControl admissionControl) {
        this.admissionControl = admissionControl;
    }

    @Override
    protected void doHealthCheck(Health.Builder builder) {
        if (admissionControl.isFull()) {
            builder.down()
                    .withDetail(
                            "reason",
                            "%d scorings have not ended, as many as may be".formatted(admissionControl.limit()));
        } else {
            builder.up();
        }
    }
}
