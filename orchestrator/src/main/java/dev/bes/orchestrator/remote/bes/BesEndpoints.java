package dev.bes.orchestrator.remote.bes;

import dev.bes.orchestrator.remote.BlobReferences;
import dev.bes.orchestrator.remote.CallLimit;
import dev.bes.orchestrator.remote.Condition;
import dev.bes.orchestrator.remote.EndpointSettings;
import dev.bes.orchestrator.remote.Endpoints;
import dev.bes.orchestrator.remote.Redaction;
import dev.bes.orchestrator.remote.RemoteJobs;
import dev.bes.orchestrator.remote.RemoteSettings;
import dev.bes.orchestrator.remote.budget.CallBudget;
import dev.bes.orchestrator.remote.budget.Precedence;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import java.net.http.HttpClient;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.DoubleSupplier;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The endpoints of the settings, each with one line that all its callers share. */
final class BesEndpoints implements Endpoints {

    /** A submit and a start. */
    private static final int CALLS_OF_A_LAUNCH = 2;

    private final Map<String, Endpoint> endpoints = new TreeMap<>();

    BesEndpoints(
            RemoteSettings settings,
            HttpClient http,
            BlobReferences references,
            Redaction redaction,
            InstantSource clock,
            DoubleSupplier random,
            CircuitBreakerRegistry breakers,
            Function<String, CallBudget> budgets) {
        settings.endpoints().forEach((name, endpoint) -> {
            CallBudget budget = budgets.apply(name);
            Gate gate = new Gate(name, clock, new EndpointCircuitBreaker(breakers, name, clock, random), budget);
            Line line = new Line(
                    endpoint, new Keys(name, endpoint), http, gate, new Faults(name, endpoint, redaction, clock));
            RemoteJobs jobs = new BesJobs(line, references, endpoint.blobReference(), new StatusReader(redaction));
            endpoints.put(name, new Endpoint(endpoint, line, jobs, gate, budget));
        });
    }

    @Override
    public Set<String> names() {
        return Set.copyOf(endpoints.keySet());
    }

    @Override
    public RemoteJobs jobs(String endpoint) {
        return of(endpoint).jobs;
    }

    @Override
    public int places(String endpoint) {
        int places = of(endpoint).settings.places();
        return places == 0 ? Integer.MAX_VALUE : places;
    }

    @Override
    public int launches(String endpoint) {
        int calls = of(endpoint).likely(Precedence.URGENT);
        return Math.ceilDiv(calls, CALLS_OF_A_LAUNCH);
    }

    @Override
    public int polls(String endpoint) {
        return of(endpoint).likely(Precedence.PATIENT);
    }

    @Override
    public List<Limited> limited() {
        Map<CallBudget, Set<String>> together = new LinkedHashMap<>();
        endpoints.forEach((name, endpoint) -> {
            if (!endpoint.settings.limits().isEmpty()) {
                together.computeIfAbsent(endpoint.budget, none -> new TreeSet<>())
                        .add(name);
            }
        });
        return together.entrySet().stream()
                .map(each -> new Limited(
                        each.getValue(), limits(each.getValue()), each.getKey().forecast()))
                .toList();
    }

    private List<CallLimit> limits(Set<String> names) {
        return of(names.iterator().next()).settings.limits();
    }

    @Override
    public Condition condition(String endpoint) {
        return of(endpoint).gate.condition();
    }

    Line line(String endpoint) {
        return of(endpoint).line;
    }

    private Endpoint of(String name) {
        @Nullable Endpoint endpoint = endpoints.get(name);
        if (endpoint == null) {
            throw new IllegalArgumentException("There is no endpoint " + name + "; configured: " + endpoints.keySet());
        }
        return endpoint;
    }

    private record Endpoint(EndpointSettings settings, Line line, RemoteJobs jobs, Gate gate, CallBudget budget) {
        /** While the gate is shut nothing is taken up, only to be put back. */
        int likely(Precedence precedence) {
            return gate.isOpen() ? budget.likely(precedence) : 0;
        }
    }
}
