package dev.bes.orchestrator.web.api;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The folder of delivered files.
 *
 * @param deliveryRoot folder under which all outputs are delivered
 */
@ConfigurationProperties("orchestrator.pipeline")
public record DeliveryFolder(@DefaultValue("delivered") Path deliveryRoot) {

    /** Finds a file that exists under the root after links are followed; else empty. */
    Optional<Path> find(String file) {
        try {
            Path real = Path.of(file).toRealPath();
            return real.startsWith(deliveryRoot.toRealPath()) && Files.isRegularFile(real)
                    ? Optional.of(real)
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
