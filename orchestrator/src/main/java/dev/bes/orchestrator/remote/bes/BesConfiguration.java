package dev.bes.orchestrator.remote.bes;

import dev.bes.orchestrator.remote.Redaction;
import dev.bes.orchestrator.remote.blob.BlobReferences;
import dev.bes.orchestrator.remote.endpoint.RemoteKind;
import dev.bes.orchestrator.remote.http.ManagedApiClients;
import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Registers the kind {@code bes}. */
@Configuration(proxyBeanMethods = false)
class BesConfiguration {

    @Bean
    RemoteKind besKind(ManagedApiClients clients, BlobReferences references, Redaction redaction, InstantSource clock) {
        return new BesKind(clients, references, redaction, clock);
    }
}
