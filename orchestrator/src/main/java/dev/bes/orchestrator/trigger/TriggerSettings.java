package dev.bes.orchestrator.trigger;

import java.nio.file.Path;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the triggers.
 *
 * @param dropRoot folder that contains the drop folders of all definitions
 * @param uploadTemp folder on a local disk that holds files of requests while they arrive
 * @param scanInterval pause between two scans of the drop folders
 * @param containerInterval pause between two lists of the containers of blob stores
 * @param maxUnfinished number of unfinished scorings from which dropped files and requests have to wait
 */
@ConfigurationProperties("orchestrator.trigger")
public record TriggerSettings(
        @DefaultValue("inbox") Path dropRoot,
        @DefaultValue("upload-temp") Path uploadTemp,
        @DefaultValue("1s") Duration scanInterval,
        @DefaultValue("10s") Duration containerInterval,
        @DefaultValue("1000000") long maxUnfinished) {

    /** Makes the paths absolute. */
    public TriggerSettings {
        dropRoot = dropRoot.toAbsolutePath().normalize();
        uploadTemp = uploadTemp.toAbsolutePath().normalize();
    }
}
