package dev.bes.orchestrator;

import dev.bes.orchestrator.definition.Definitions;
import dev.bes.orchestrator.definition.load.DefinitionCheck;
import dev.bes.orchestrator.definition.load.DefinitionLoader;
import dev.bes.orchestrator.remote.Endpoints;
import dev.bes.orchestrator.startup.DatabaseAddressCheck;
import dev.bes.orchestrator.trigger.schedule.QuartzCronValidator;
import java.nio.file.Path;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** Creates the beans that no single package can create: the definitions, which name endpoints, and the clock. */
@Configuration(proxyBeanMethods = false)
class Wiring {
    private static final Logger LOG = LoggerFactory.getLogger(Wiring.class);

    @Bean
    Definitions definitions(
            @Value("${orchestrator.definitions}") Path folder,
            Endpoints endpoints,
            Environment environment,
            InstantSource clock) {
        Definitions definitions = load(folder, endpoints, environment, clock);
        definitions.warnings().forEach(warning -> LOG.warn("{}", warning));
        return definitions;
    }

    private static Definitions load(Path folder, Endpoints endpoints, Environment environment, InstantSource clock) {
        return DefinitionLoader.load(
                folder,
                endpoints.names(),
                new QuartzCronValidator(clock),
                Settings.of(environment).folders());
    }

    @Bean
    DefinitionReload definitionReload(
            Definitions definitions,
            Endpoints endpoints,
            Environment environment,
            InstantSource clock,
            ApplicationEventPublisher events) {
        return new DefinitionReload(
                definitions, () -> load(definitions.folder(), endpoints, environment, clock), events, clock);
    }

    @Bean
    DefinitionCheck definitionCheck(
            @Value("${orchestrator.definitions}") Path folder,
            Endpoints endpoints,
            Environment environment,
            InstantSource clock) {
        return new DefinitionCheck(
                folder,
                endpoints.names(),
                new QuartzCronValidator(clock),
                Settings.of(environment).folders());
    }

    @Bean
    static DatabaseAddressCheck databaseAddressCheck(Environment environment) {
        return new DatabaseAddressCheck(environment);
    }

    @Bean
    InstantSource clock() {
        return InstantSource.system();
    }
}
