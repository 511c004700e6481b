package dev.bes.orchestrator.remote.inference;

import dev.bes.orchestrator.remote.Redaction;
import dev.bes.orchestrator.remote.RowService;
import dev.bes.orchestrator.remote.Secret;
import dev.bes.orchestrator.remote.bes.OpenBudget;
import dev.bes.orchestrator.remote.bes.ScriptedService;
import dev.bes.orchestrator.remote.blob.BlobReference;
import dev.bes.orchestrator.remote.endpoint.RemoteEndpoint;
import dev.bes.orchestrator.remote.http.ManagedApiClients;
import dev.bes.orchestrator.remote.http.ManagedApiConfiguration;
import dev.bes.orchestrator.remote.settings.EndpointSettings;
import dev.bes.orchestrator.remote.settings.InferenceSettings;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.util.unit.DataSize;

/** The endpoint {@code birds} at a model server that answers as it is told. */
final class InferenceFixture implements AutoCloseable {
    static final String KEY = "key/of=the==server";

    final ScriptedService server = new ScriptedService();
    final OpenBudget budget = new OpenBudget();
    Instant now = Instant.parse("2026-11-23T12:00:00Z");
    private final HttpClient http = ManagedApiConfiguration.client();

    RowService rows() {
        return Objects.requireNonNull(
                endpoint(new InferenceSettings("strike damage", "2", 100, DataSize.ofKilobytes(64), 3))
                        .rows());
    }

    RemoteEndpoint endpoint(@Nullable InferenceSettings model) {
        EndpointSettings settings = new EndpointSettings(
                server.url() + "/base/",
                "inference",
                null,
                null,
                "Ocp-Apim-Subscription-Key",
                new Secret(KEY),
                null,
                BlobReference.Form.SAS,
                40,
                null,
                null,
                null,
                Duration.ofSeconds(20),
                null,
                model);
        Redaction redaction = new Redaction(List.of(new Secret(KEY)));
        InstantSource clock = () -> now;
        ManagedApiClients clients = new ManagedApiClients(
                http,
                redaction,
                clock,
                () -> 1,
                CircuitBreakerRegistry.ofDefaults(),
                name -> budget,
                ObservationRegistry.NOOP,
                new SimpleMeterRegistry());
        return new InferenceKind(clients, redaction, clock).open("birds", settings);
    }

    @Override
    public void close() {
        server.close();
        http.shutdownNow();
    }
}
