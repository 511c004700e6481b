package dev.bes.orchestrator.remote.http;

import dev.bes.orchestrator.remote.Redaction;
import dev.bes.orchestrator.remote.budget.CallBudget;
import dev.bes.orchestrator.remote.http.ManagedApiClient.Address;
import dev.bes.orchestrator.remote.settings.EndpointSettings;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import java.net.http.HttpClient;
import java.time.InstantSource;
import java.util.Map;
import java.util.function.DoubleSupplier;
import java.util.function.Function;

/** Creates the client of each endpoint behind a managed API, over one HTTP client and the call budgets. */
public final class ManagedApiClients {
    private final HttpClient http;
    private final Redaction redaction;
    private final InstantSource clock;
    private final DoubleSupplier random;
    private final CircuitBreakerRegistry breakers;
    private final Function<String, CallBudget> budgets;
    private final ObservationRegistry observations;
    private final MeterRegistry meters;

    /**
     * Creates no client yet.
     *
     * @param random from 0 to 1; spreads the waits of circuit breakers
     * @param breakers registers the circuit breaker of each endpoint
     * @param budgets call budget by name of the endpoint
     * @param observations observes each call that is sent
     * @param meters counts the calls that are not sent
     */
    public ManagedApiClients(
            HttpClient http,
            Redaction redaction,
            InstantSource clock,
            DoubleSupplier random,
            CircuitBreakerRegistry breakers,
            Function<String, CallBudget> budgets,
            ObservationRegistry observations,
            MeterRegistry meters) {
        this.http = http;
        this.redaction = redaction;
        this.clock = clock;
        this.random = random;
        this.breakers = breakers;
        this.budgets = budgets;
        this.observations = observations;
        this.meters = meters;
    }

    /** Creates the client of an endpoint at its {@code url}, with the error mapping of its kind. */
    public ManagedApiClient open(String endpoint, EndpointSettings settings, ErrorMapping errors) {
        Address address = new Address(settings.url(), "url", new EndpointKeys(endpoint, settings), Map.of());
        return open(endpoint, endpoint, address, settings, errors);
    }

    /**
     * Creates the client of one of the addresses of an endpoint. Each has a gate and a circuit breaker of its own; all share the call
     * budget of the endpoint.
     *
     * @param name name of the address in messages, metrics and logs, which starts with the name of the endpoint
     */
    public ManagedApiClient open(
            String endpoint, String name, Address address, EndpointSettings settings, ErrorMapping errors) {
        CallBudget budget = budgets.apply(endpoint);
        EndpointCircuitBreaker breaker = new EndpointCircuitBreaker(breakers, name, clock, random);
        CallGate callGate = new CallGate(name, clock, breaker, budget);
        return new ManagedApiClient(
                settings,
                address,
                http,
                callGate,
                new CallObservations(endpoint, observations, meters),
                errors,
                new CallMessages(endpoint, address.setting(), redaction));
    }
}
