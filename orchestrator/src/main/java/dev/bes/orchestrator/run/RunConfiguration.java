package dev.bes.orchestrator.run;

import com.zaxxer.hikari.HikariDataSource;
import java.time.InstantSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Gives this process its name and its sign of life. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({NodeSettings.class, RetentionSettings.class})
class RunConfiguration {
    @Bean
    Node node() {
        return Node.ofThisProcess();
    }

    @Bean
    ReservedConnection reservedConnection(HikariDataSource pool) {
        return new ReservedConnection(pool);
    }

    @Bean
    Heartbeat heartbeat(ReservedConnection reserved, Node node, InstantSource clock, NodeSettings settings) {
        return new Heartbeat(reserved.jdbc(), node, clock, System::nanoTime, settings.skewLimit());
    }
}
