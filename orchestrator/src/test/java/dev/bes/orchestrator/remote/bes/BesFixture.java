package dev.bes.orchestrator.remote.bes;

import dev.bes.orchestrator.remote.CallLimit;
import dev.bes.orchestrator.remote.JobRequest;
import dev.bes.orchestrator.remote.Redaction;
import dev.bes.orchestrator.remote.Secret;
import dev.bes.orchestrator.remote.TwoStepJobs;
import dev.bes.orchestrator.remote.blob.BlobReference;
import dev.bes.orchestrator.remote.blob.BlobReference.Form;
import dev.bes.orchestrator.remote.endpoint.RemoteEndpoints;
import dev.bes.orchestrator.remote.endpoint.RemoteKind;
import dev.bes.orchestrator.remote.http.ManagedApiClients;
import dev.bes.orchestrator.remote.http.ManagedApiConfiguration;
import dev.bes.orchestrator.remote.settings.BlobSettings;
import dev.bes.orchestrator.remote.settings.EndpointSettings;
import dev.bes.orchestrator.remote.settings.RemoteSettings;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The endpoint {@code toxic} over a far side, with a clock that the test moves. */
public final class BesFixture implements AutoCloseable {

    static final String SERVICE_KEY = "service/key+of=the==bench";
    static final String SUBSCRIPTION_KEY = "0123456789abcdef0123456789abcdef";
    static final String SAS = "?sv=2026&sig=c2lnbmF0dXJl&sp=r";
    public static final JobRequest REQUEST = new JobRequest(
            Map.of("input1", "in/1/a.csv"), Map.of("output1", "out/1/a.csv"), Map.of("Seed", "7"), Duration.ofHours(2));

    public final ScriptedService scriptedService = new ScriptedService();
    public Instant now = Instant.parse("2026-11-23T12:00:00Z");
    double random = 1;

    @Nullable
    public String remainingCallsHeader;

    @Nullable
    Secret secondarySubscriptionKey;

    @Nullable
    Secret secondaryServiceKey;

    public final OpenBudget budget = new OpenBudget();
    public CircuitBreakerRegistry breakers = CircuitBreakerRegistry.ofDefaults();
    private final HttpClient http = ManagedApiConfiguration.client();

    public TwoStepJobs jobs() {
        return endpoints(Duration.ofSeconds(20)).jobs("toxic");
    }

    public TwoStepJobs impatientJobs() {
        return endpoints(Duration.ofMillis(300)).jobs("toxic");
    }

    public BesEndpoints endpoints(Duration timeout) {
        return endpoints(scriptedService.url() + "/base/", timeout, Form.SAS);
    }

    public BesEndpoints endpoints(String url, Duration timeout, Form form) {
        EndpointSettings endpoint = new EndpointSettings(
                url,
                "bes",
                new Secret(SUBSCRIPTION_KEY),
                secondarySubscriptionKey,
                "Ocp-Apim-Subscription-Key",
                new Secret(SERVICE_KEY),
                secondaryServiceKey,
                form,
                40,
                new CallLimit(1_000_000, Duration.ofMinutes(1)),
                null,
                remainingCallsHeader,
                timeout,
                null,
                null);
        RemoteSettings settings = new RemoteSettings(
                Map.of("toxic", endpoint),
                new BlobSettings(new Secret("AccountName=unused;AccountKey=unused=="), null, "orchestrator", Map.of()));
        Redaction redaction = new Redaction(List.of(new Secret(SERVICE_KEY), new Secret(SUBSCRIPTION_KEY)));
        InstantSource clock = () -> now;
        breakers = CircuitBreakerRegistry.ofDefaults();
        ManagedApiClients clients = new ManagedApiClients(
                http,
                redaction,
                clock,
                () -> random,
                breakers,
                name -> budget,
                ObservationRegistry.NOOP,
                new SimpleMeterRegistry());
        RemoteKind kind = new BesKind(clients, BesFixture::reference, redaction, clock);
        return new BesEndpoints(new RemoteEndpoints(settings, List.of(kind), List::of));
    }

    private static BlobReference reference(Form form, BlobReference.Right right, String path, Duration validity) {
        return form == Form.SAS
                ? new BlobReference(null, "c/" + path, "https://a.example/", new Secret(SAS + right + validity))
                : new BlobReference(new Secret("AccountKey=k"), "c/" + path, null, null);
    }

    @Override
    public void close() {
        scriptedService.close();
        http.shutdownNow();
    }
}
