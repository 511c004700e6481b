package dev.bes.orchestrator.pipeline.batch;

import io.micrometer.observation.ObservationRegistry;
import java.time.InstantSource;
import org.springframework.batch.core.configuration.support.DefaultBatchConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Configures Spring Batch as in its reference manual, with a repository of our own. A job runs on the thread that starts it.
 */
@Configuration(proxyBeanMethods = false)
class BatchConfiguration extends DefaultBatchConfiguration {
    private final JdbcClient jdbc;
    private final InstantSource clock;
    private final ObservationRegistry observations;

    BatchConfiguration(JdbcClient jdbc, InstantSource clock, ObservationRegistry observations) {
        this.jdbc = jdbc;
        this.clock = clock;
        this.observations = observations;
    }

    @Bean
    @Override
    public WriteBehindJobRepository jobRepository() {
        return new WriteBehindJobRepository(jdbc, clock);
    }

    @Override
    protected ObservationRegistry getObservationRegistry() {
        return observations;
    }
}
