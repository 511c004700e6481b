package dev.bes.orchestrator.monitoring;

import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.AutoConfigurationImportFilter;
import org.springframework.boot.autoconfigure.AutoConfigurationMetadata;
import org.springframework.context.EnvironmentAware;
import org.springframework.core.env.Environment;

/**
 * Leaves tracing out while no address for traces is set: Spring Boot would make spans and throw them away. {@code spring.factories}
 * names it.
 */
final class TracingByAddress implements AutoConfigurationImportFilter, EnvironmentAware {
    private static final String ADDRESS = "management.opentelemetry.tracing.export.otlp.endpoint";

    private @Nullable Environment environment;

    @Override
    public void setEnvironment(Environment environment) {
        this.environment = environment;
    }

    @Override
    public boolean[] match(@Nullable String[] classes, AutoConfigurationMetadata metadata) {
        String address = environment == null ? null : environment.getProperty(ADDRESS);
        boolean on = address != null && !address.isBlank();
        boolean[] matches = new boolean[classes.length];
        for (int i = 0; i < classes.length; i++) {
            String name = classes[i];
            matches[i] = on
                    || name == null
                    || Stream.of(
                                    "org.springframework.boot.micrometer.tracing.",
                                    "org.springframework.boot.opentelemetry.")
                            .noneMatch(name::startsWith);
        }
        return matches;
    }
}
