package dev.bes.orchestrator.node.folder;

import java.nio.file.Path;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The settings of the folders that all nodes share. Other classes bind the same settings.
 *
 * @param trigger drop folders
 * @param pipeline deliveries
 */
@ConfigurationProperties("orchestrator")
record FolderSettings(
        @DefaultValue Trigger trigger, @DefaultValue Pipeline pipeline) {

    record Trigger(@DefaultValue("inbox") Path dropRoot) {}

    record Pipeline(@DefaultValue("delivered") Path deliveryRoot) {}

    /** Where a folder lies. */
    Path path(SharedFolder folder) {
        Path path = switch (folder) {
            case DROP_ROOT -> trigger.dropRoot;
            case DELIVERY_ROOT -> pipeline.deliveryRoot;
        };
        return path.toAbsolutePath().normalize();
    }
}
