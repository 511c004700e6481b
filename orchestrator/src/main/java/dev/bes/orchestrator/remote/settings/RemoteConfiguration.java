package dev.bes.orchestrator.remote.settings;

import dev.bes.orchestrator.remote.Redaction;
import dev.bes.orchestrator.remote.Secret;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Binds the settings of remote services and creates the redaction of their secrets. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(RemoteSettings.class)
class RemoteConfiguration {

    @Bean
    Redaction redaction(RemoteSettings settings) {
        List<Secret> secrets = new ArrayList<>();
        Stream.concat(
                        Stream.ofNullable(settings.blobs().connectionString()),
                        settings.blobs().stores().values().stream()
                                .map(StoreSettings::connectionString)
                                .filter(Objects::nonNull))
                .forEach(secrets::add);
        for (EndpointSettings endpoint : settings.endpoints().values()) {
            secrets.addAll(endpoint.keys());
        }
        return new Redaction(secrets);
    }
}
