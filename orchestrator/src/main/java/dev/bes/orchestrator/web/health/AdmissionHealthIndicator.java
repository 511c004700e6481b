package dev.bes.orchestrator.web.health;

import dev.bes.orchestrator.trigger.AdmissionControl;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.stereotype.Component;

/** Reports whether files and requests are accepted. Not part of readiness: the answer is the same on every node. */
@Component("admissionHealthIndicator")
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
                            "the limit of %d unfinished scorings is reached".formatted(admissionControl.limit()));
        } else {
            builder.up();
        }
    }
}
