package dev.bes.orchestrator.monitoring;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the metrics.
 *
 * @param interval pause between two readings of the state that all nodes share
 * @param maxDefinitions number of definitions that have labels of their own
 */
@ConfigurationProperties("orchestrator.monitoring")
record MonitoringSettings(
        @DefaultValue("15s") Duration interval,
        @DefaultValue("100") int maxDefinitions) {

    /** Checks the values. */
    MonitoringSettings {
        if (interval.toMillis() < 100) {
            throw new IllegalArgumentException("orchestrator.monitoring.interval is at least 100ms, such as 15s");
        }
        if (maxDefinitions < 0) {
            throw new IllegalArgumentException("orchestrator.monitoring.max-definitions is not below 0");
        }
    }
}
