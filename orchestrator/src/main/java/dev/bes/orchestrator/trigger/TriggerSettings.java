package dev.bes.orchestrator.trigger;

import java.nio.file.Path;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where triggers look.
 *
 * @param dropRoot folder under which the drop folders of all definitions lie
 * @param uploads folder that keeps the files that came with requests
 * @param incoming folder on a disk of this machine where files of requests lie while they arrive
 * @param scan how often drop folders are looked at
 * @param mostUnended from how many unended scorings on files and requests wait
 */
@ConfigurationProperties("orchestrator.trigger")
public record TriggerSettings(
        @DefaultValue("inbox") Path dropRoot,
        @DefaultValue("uploads") Path uploads,
        @DefaultValue("incoming") Path incoming,
        @DefaultValue("1s") Duration scan,
        @DefaultValue("1000000") long mostUnended) {

    public TriggerSettings {
        dropRoot = dropRoot.toAbsolutePath().normalize();
        uploads = uploads.toAbsolutePath().normalize();
        incoming = incoming.toAbsolutePath().normalize();
    }
}
