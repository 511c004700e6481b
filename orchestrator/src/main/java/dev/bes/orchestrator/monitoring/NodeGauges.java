package dev.bes.orchestrator.monitoring;

import dev.bes.orchestrator.node.Heartbeat;
import dev.bes.orchestrator.remote.Endpoints;
import dev.bes.orchestrator.remote.ObservedHealth;
import dev.bes.orchestrator.trigger.AdmissionControl;
import dev.bes.orchestrator.trigger.arrival.SkippedFiles;
import dev.bes.orchestrator.trigger.schedule.ScheduleMonitor;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.springframework.stereotype.Component;

/** Gauges of what this node knows without asking. */
@Component
class NodeGauges implements MeterBinder {
    private final Heartbeat heartbeat;
    private final Endpoints endpoints;
    private final AdmissionControl admissionControl;
    private final SkippedFiles skippedFiles;
    private final ScheduleMonitor scheduleMonitor;

    NodeGauges(
            Heartbeat heartbeat,
            Endpoints endpoints,
            AdmissionControl admissionControl,
            SkippedFiles skippedFiles,
            ScheduleMonitor scheduleMonitor) {
        this.heartbeat = heartbeat;
        this.endpoints = endpoints;
        this.admissionControl = admissionControl;
        this.skippedFiles = skippedFiles;
        this.scheduleMonitor = scheduleMonitor;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        Gauge.builder("orchestrator.node.fit", () -> heartbeat.fit() ? 1 : 0)
                .description("1 if this node takes on work: database and clock are right")
                .register(registry);
        Gauge.builder("orchestrator.admission.full", () -> admissionControl.isFull() ? 1 : 0)
                .description("1 while requests are refused and dropped files wait: too many scorings are unfinished")
                .register(registry);
        Gauge.builder("orchestrator.admission.limit", admissionControl::limit)
                .description("Number of unfinished scorings from which that is so")
                .register(registry);
        Gauge.builder("orchestrator.files.skipped", skippedFiles::count)
                .description("Files in drop folders that are not taken, or wait")
                .register(registry);
        Gauge.builder(
                        "orchestrator.schedule.lateness",
                        () -> scheduleMonitor.lateness().toMillis() / 1000.0)
                .baseUnit("seconds")
                .description("How late the oldest due fire of any schedule is")
                .register(registry);
        endpoints
                .names()
                .forEach(endpoint -> Gauge.builder("orchestrator.endpoint.healthy", () -> healthy(endpoint))
                        .description("0 if the recent calls of this node were refused or had no answer")
                        .tag("endpoint", endpoint)
                        .register(registry));
    }

    private int healthy(String endpoint) {
        ObservedHealth health = endpoints.observedHealth(endpoint);
        return health.isUnhealthy() ? 0 : 1;
    }
}
