package dev.bes.orchestrator.remote.azureml;

import dev.bes.orchestrator.remote.Redaction;
import dev.bes.orchestrator.remote.endpoint.RemoteKind;
import dev.bes.orchestrator.remote.http.ManagedApiClients;
import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Registers the kind {@code azureml}. */
@Configuration(proxyBeanMethods = false)
class AzuremlConfiguration {

    @Bean
    RemoteKind azuremlKind(ManagedApiClients clients, Redaction redaction, InstantSource clock) {
        return new AzuremlKind(clients, redaction, clock);
    }
}
