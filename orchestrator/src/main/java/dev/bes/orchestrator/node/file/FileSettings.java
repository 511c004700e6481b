package dev.bes.orchestrator.node.file;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What a node expects of its files.
 *
 * @param stuckTimeout how long one operation on a file may take; then the work that needs it is let go, and liveness says so
 * @param checkInterval how often the shared folders are looked at
 * @param responseTimeout how long a look into a shared folder may take; then nothing that needs the folder is taken on
 */
@ConfigurationProperties("orchestrator.files")
public record FileSettings(
        @DefaultValue("60s") Duration stuckTimeout,
        @DefaultValue("10s") Duration checkInterval,
        @DefaultValue("10s") Duration responseTimeout) {}
