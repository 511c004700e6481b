package dev.bes.orchestrator.run;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How long what is over is kept. It goes in small batches, beside the work.
 *
 * @param runs how long runs are kept after their end, with all that belongs to them
 * @param books how long the books of Spring Batch and Quartz are kept, and the rows of nodes that beat no more
 * @param every how often a batch is purged
 */
@ConfigurationProperties("orchestrator.retention")
public record RetentionSettings(
        @DefaultValue("90d") Duration runs,
        @DefaultValue("7d") Duration books,
        @DefaultValue("5s") Duration every) {

    /** Keeps the books of what may still be at work. */
    public RetentionSettings {
        if (books.compareTo(Duration.ofHours(1)) < 0) {
            throw new IllegalArgumentException(
                    "orchestrator.retention.books has to be an hour at least: younger books are in use");
        }
    }
}
