package dev.bes.orchestrator.remote.http;

import dev.bes.orchestrator.remote.Redaction;
import dev.bes.orchestrator.remote.budget.Budgets;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.micrometer.tagged.TaggedCircuitBreakerMetrics;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Random;
import java.util.concurrent.Executors;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Configures the clients of managed APIs over one HTTP client. */
@Configuration(proxyBeanMethods = false)
public class ManagedApiConfiguration {

    private static final String RESEND = "jdk.httpclient.enableAllMethodRetry";

    @Bean
    CircuitBreakerRegistry circuitBreakers() {
        return CircuitBreakerRegistry.ofDefaults();
    }

    /** Metrics {@code resilience4j.circuitbreaker.*} of each endpoint. */
    @Bean
    MeterBinder circuitBreakerMetrics(CircuitBreakerRegistry breakers) {
        return TaggedCircuitBreakerMetrics.ofCircuitBreakerRegistry(breakers);
    }

    @Bean
    ManagedApiClients managedApiClients(
            Redaction redaction,
            InstantSource clock,
            CircuitBreakerRegistry breakers,
            Budgets budgets,
            ObjectProvider<ObservationRegistry> observations,
            ObjectProvider<MeterRegistry> meters) {
        return new ManagedApiClients(
                client(),
                redaction,
                clock,
                new Random()::nextDouble,
                breakers,
                budgets::of,
                observations.getIfAvailable(() -> ObservationRegistry.NOOP),
                meters.getIfAvailable(SimpleMeterRegistry::new));
    }

    /**
     * Creates the HTTP client.
     *
     * @throws IllegalStateException if a system property lets the JDK resend requests
     */
    public static HttpClient client() {
        if (System.getProperty(RESEND) != null) {
            throw new IllegalStateException("-D" + RESEND + " lets the HTTP client send a submit or a start twice"
                    + " without notice: remove it from the command line");
        }
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(Duration.ofSeconds(10))
                .executor(Executors.newVirtualThreadPerTaskExecutor())
                .build();
    }
}
