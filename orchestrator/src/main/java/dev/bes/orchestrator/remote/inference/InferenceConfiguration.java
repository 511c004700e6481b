package dev.bes.orchestrator.remote.inference;

import dev.bes.orchestrator.remote.Redaction;
import dev.bes.orchestrator.remote.endpoint.RemoteKind;
import dev.bes.orchestrator.remote.http.ManagedApiClients;
import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Registers the kind {@code inference}. */
@Configuration(proxyBeanMethods = false)
class InferenceConfiguration {

    @Bean
    RemoteKind inferenceKind(ManagedApiClients clients, Redaction redaction, InstantSource clock) {
        return new InferenceKind(clients, redaction, clock);
    }
}
