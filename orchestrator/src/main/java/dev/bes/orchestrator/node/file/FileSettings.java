package dev.bes.orchestrator.node.file;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The time limits of file operations.
 *
 * @param stuckTimeout how long one operation on a file may take; after that its work is released, and liveness reports it
 * @param checkInterval how often the shared folders are checked
 * @param responseTimeout how long the check of a shared folder may take; after that the node claims no work that needs the folder
 */
@ConfigurationProperties("orchestrator.files")
public record FileSettings(
        @DefaultValue("60s") Duration stuckTimeout,
        @DefaultValue("10s") Duration checkInterval,
        @DefaultValue("10s") Duration responseTimeout) {}
