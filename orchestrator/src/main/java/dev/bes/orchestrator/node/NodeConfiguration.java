package dev.bes.orchestrator.node;

import dev.bes.orchestrator.database.DatabaseState;
import dev.bes.orchestrator.database.ReservedConnection;
import java.time.InstantSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The name of this process, and its heartbeat. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(NodeSettings.class)
class NodeConfiguration {
    @Bean
    Node node() {
        return Node.ofThisProcess();
    }

    @Bean
    Heartbeat heartbeat(
            ReservedConnection reserved, Node node, InstantSource clock, NodeSettings settings, DatabaseState state) {
        return new Heartbeat(reserved.jdbc(), node, clock, System::nanoTime, settings.skewLimit(), state);
    }
}
