package dev.bes.orchestrator.remote.bes;

import dev.bes.orchestrator.remote.BlobReferences;
import dev.bes.orchestrator.remote.EndpointSettings;
import dev.bes.orchestrator.remote.Endpoints;
import dev.bes.orchestrator.remote.Redaction;
import dev.bes.orchestrator.remote.RemoteJobs;
import dev.bes.orchestrator.remote.RemoteSettings;
import java.net.http.HttpClient;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/** The endpoints of the settings, each with one line that all its callers share. */
final class BesEndpoints implements Endpoints {

    private final Map<String, Endpoint> endpoints = new TreeMap<>();

    BesEndpoints(
            RemoteSettings settings,
            HttpClient http,
            BlobReferences references,
            Redaction redaction,
            InstantSource clock,
            DoubleSupplier random) {
        settings.endpoints().forEach((name, endpoint) -> {
            Gate gate = new Gate(name, clock, new Breaker(random));
            Line line = new Line(endpoint, new Keys(name, endpoint), http, gate, new Faults(name, redaction, clock));
            RemoteJobs jobs = new BesJobs(line, references, endpoint.blobReference(), new StatusReader(redaction));
            endpoints.put(name, new Endpoint(endpoint, line, jobs));
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

    private record Endpoint(EndpointSettings settings, Line line, RemoteJobs jobs) {}
}
