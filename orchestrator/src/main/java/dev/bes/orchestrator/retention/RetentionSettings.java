package dev.bes.orchestrator.retention;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How long things are kept after their end.
 *
 * @param runs how long runs are kept, with all that belongs to them
 * @param metadata how long the metadata of Spring Batch and Quartz is kept, and the rows of nodes that are gone; at least
 *     one hour
 * @param every how often a batch is purged
 */
@ConfigurationProperties("orchestrator.retention")
record RetentionSettings(
        @DefaultValue("90d") Duration runs,
        @DefaultValue("7d") Duration metadata,
        @DefaultValue("5s") Duration every) {

    /** Refuses to purge the metadata of executions that may be under way. */
    public RetentionSettings {
        if (metadata.compareTo(Duration.ofHours(1)) < 0) {
            throw new IllegalArgumentException(
                    "orchestrator.retention.metadata has to be at least 1h: younger metadata is in use");
        }
    }
}
