package dev.bes.orchestrator.remote.http;

import dev.bes.orchestrator.remote.Redaction;
import dev.bes.orchestrator.remote.budget.CallBudget;
import dev.bes.orchestrator.remote.settings.EndpointSettings;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import java.net.http.HttpClient;
import java.time.InstantSource;
import java.util.function.DoubleSupplier;
import java.util.function.Function;

/** Makes the client of each endpoint behind a managed API: one HTTP client for all, and the limits of each subscription. */
public final class ManagedApiClients {
    private final HttpClient http;
    private final Redaction redaction;
    private final InstantSource clock;
    private final DoubleSupplier random;
    private final CircuitBreakerRegistry breakers;
    private final Function<String, CallBudget> budgets;

    /**
     * Clients over these parts.
     *
     * @param random shares out waits, from 0 to 1
     * @param breakers keeps the circuit breaker of each endpoint
     * @param budgets the calls that may be made to an endpoint, by its name
     */
    public ManagedApiClients(
            HttpClient http,
            Redaction redaction,
            InstantSource clock,
            DoubleSupplier random,
            CircuitBreakerRegistry breakers,
            Function<String, CallBudget> budgets) {
        this.http = http;
        this.redaction = redaction;
        this.clock = clock;
        this.random = random;
        this.breakers = breakers;
        this.budgets = budgets;
    }

    /** The client of an endpoint, with the errors of its kind of service. */
    public ManagedApiClient open(String endpoint, EndpointSettings settings, ErrorMapping errors) {
        CallBudget budget = budgets.apply(endpoint);
        EndpointCircuitBreaker breaker = new EndpointCircuitBreaker(breakers, endpoint, clock, random);
        CallGate callGate = new CallGate(endpoint, clock, breaker, budget);
        return new ManagedApiClient(
                settings,
                new EndpointKeys(endpoint, settings),
                http,
                callGate,
                errors,
                new CallMessages(endpoint, redaction));
    }
}
