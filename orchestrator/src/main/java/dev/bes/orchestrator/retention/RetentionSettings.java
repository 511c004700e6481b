package dev.bes.orchestrator.retention;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How long data is kept after its end.
 *
 * @param runs how long runs are kept, with all that belongs to them
 * @param metadata how long the metadata of Spring Batch and Quartz is kept, and the rows of stopped nodes, and the idempotency keys
 *     of users and keys; at least one hour
 * @param audit how long rows of the audit are kept; at least one day
 * @param interval how often a batch is purged
 */
@ConfigurationProperties("orchestrator.retention")
record RetentionSettings(
        @DefaultValue("90d") Duration runs,
        @DefaultValue("7d") Duration metadata,
        @DefaultValue("400d") Duration audit,
        @DefaultValue("5s") Duration interval) {

    /** Refuses to purge the metadata of executions that may be under way. */
    public RetentionSettings {
        if (metadata.compareTo(Duration.ofHours(1)) < 0) {
            throw new IllegalArgumentException(
                    "orchestrator.retention.metadata must be at least 1h: younger metadata may be in use");
        }
        if (audit.compareTo(Duration.ofDays(1)) < 0) {
            throw new IllegalArgumentException(
                    "orchestrator.retention.audit must be at least 1d: the database keeps younger rows");
        }
    }
}
