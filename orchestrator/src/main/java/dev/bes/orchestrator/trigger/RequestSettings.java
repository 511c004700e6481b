package dev.bes.orchestrator.trigger;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of requests.
 *
 * @param roots folders below which files may be named as inputs, by the name that requests use; none from the start
 */
@ConfigurationProperties("orchestrator.requests")
public record RequestSettings(@DefaultValue Map<String, Root> roots) {

    /**
     * A folder below which files may be named.
     *
     * @param path the folder
     * @param definitions patterns of the definitions whose requests may name its files, such as {@code finance-*}
     */
    public record Root(Path path, @DefaultValue("*") List<String> definitions) {}
}
