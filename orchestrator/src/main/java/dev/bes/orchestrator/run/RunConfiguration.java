package dev.bes.orchestrator.run;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Gives this process its name. */
@Configuration(proxyBeanMethods = false)
class RunConfiguration {
    @Bean
    Node node() {
        return Node.ofThisProcess();
    }
}
