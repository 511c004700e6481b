package dev.bes.orchestrator.remote.azureml;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.bes.orchestrator.remote.JobRequest;
import dev.bes.orchestrator.remote.Redaction;
import dev.bes.orchestrator.remote.Secret;
import dev.bes.orchestrator.remote.bes.OpenBudget;
import dev.bes.orchestrator.remote.blob.BlobReference.Form;
import dev.bes.orchestrator.remote.endpoint.RemoteEndpoint;
import dev.bes.orchestrator.remote.http.ManagedApiClients;
import dev.bes.orchestrator.remote.http.ManagedApiConfiguration;
import dev.bes.orchestrator.remote.settings.AzureIdentitySettings;
import dev.bes.orchestrator.remote.settings.AzureIdentitySettings.Credential;
import dev.bes.orchestrator.remote.settings.AzuremlSettings;
import dev.bes.orchestrator.remote.settings.AzuremlSettings.Mode;
import dev.bes.orchestrator.remote.settings.EndpointSettings;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The endpoint {@code aml} over a far side on loopback, with a clock that the test moves. The far side gives out tokens, and answers
 * every other call as it is told.
 */
final class AzuremlFixture implements AutoCloseable {
    static final String SECRET = "the-secret-of-the-application";
    static final JobRequest REQUEST = new JobRequest(
            Map.of("input1", "in/1/a.csv"), Map.of("output1", "out/1/a.csv"), Map.of("Seed", "7"), Duration.ofHours(2));
    static final String WORKSPACE = "/subscriptions/0b1f6471-1bf0-4dda-aec3-111122223333/resourceGroups/rg-ml"
            + "/providers/Microsoft.MachineLearningServices/workspaces/ws-ml";
    static final String LIST = "/mferp/managementfrontend" + WORKSPACE + "/batchEndpoints/strikes/jobs";

    /** One call as it arrived. */
    record Asked(String line, String authorization, @Nullable String deployment, String body) {}

    final List<Asked> asked = new CopyOnWriteArrayList<>();
    /** The bodies of the calls for tokens. */
    final List<String> tokens = new CopyOnWriteArrayList<>();
    final OpenBudget budget = new OpenBudget();
    Instant now = Instant.now();
    int tokenStatus = 200;
    String tokenError = "";

    private record Answer(int status, String body, String... headers) {}

    private final ConcurrentLinkedQueue<Answer> answers = new ConcurrentLinkedQueue<>();
    private final AtomicInteger given = new AtomicInteger();
    private final HttpServer server;
    private final HttpClient http = ManagedApiConfiguration.client();

    AzuremlFixture() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/tenant-1/", this::token);
        server.createContext("/", this::handle);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    AzuremlFixture answers(int status, String body, String... headers) {
        answers.add(new Answer(status, body.replace('\'', '"'), headers));
        return this;
    }

    private void token(HttpExchange exchange) throws IOException {
        String body = read(exchange);
        tokens.add(exchange.getRequestURI() + " " + URLDecoder.decode(body, StandardCharsets.UTF_8));
        String audience = body.contains("management") ? "arm" : "scoring";
        String token = "{\"token_type\": \"Bearer\", \"expires_in\": 3599, \"access_token\": \"%s-token-%d\"}"
                .formatted(audience, given.incrementAndGet());
        send(exchange, new Answer(tokenStatus, tokenStatus == 200 ? token : tokenError));
    }

    private void handle(HttpExchange exchange) throws IOException {
        String body = read(exchange);
        asked.add(new Asked(
                exchange.getRequestMethod() + " " + exchange.getRequestURI(),
                String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")),
                exchange.getRequestHeaders().getFirst("azureml-model-deployment"),
                body));
        Answer answer = answers.poll();
        send(exchange, answer == null ? new Answer(500, "nobody said what to answer") : answer);
    }

    private static String read(HttpExchange exchange) throws IOException {
        return new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    }

    private static void send(HttpExchange exchange, Answer answer) throws IOException {
        try (exchange) {
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            for (int i = 0; i < answer.headers.length; i += 2) {
                exchange.getResponseHeaders().add(answer.headers[i], answer.headers[i + 1]);
            }
            byte[] bytes = answer.body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(answer.status, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    EndpointJobs invoke() {
        return (EndpointJobs) open(Mode.INVOKE).jobs();
    }

    ArmJobs named() {
        return (ArmJobs) open(Mode.NAMED).jobs();
    }

    RemoteEndpoint open(Mode mode) {
        return open(mode, url());
    }

    RemoteEndpoint open(Mode mode, String authority) {
        AzuremlSettings azureml = new AzuremlSettings(
                mode,
                "0b1f6471-1bf0-4dda-aec3-111122223333",
                "rg-ml",
                "ws-ml",
                "orchestrator",
                "strikes",
                url() + "/jobs",
                "blue",
                "/subscriptions/s/components/score/versions/1",
                "cluster",
                url(),
                url(),
                new AzureIdentitySettings(
                        Credential.CLIENT_SECRET, "tenant-1", "client-1", new Secret(SECRET), null, null, authority));
        EndpointSettings settings = new EndpointSettings(
                "",
                "azureml",
                null,
                null,
                "unused",
                null,
                null,
                Form.SAS,
                40,
                null,
                null,
                null,
                Duration.ofSeconds(20),
                azureml,
                null);
        Redaction redaction = new Redaction(List.of(new Secret(SECRET)));
        ManagedApiClients clients = new ManagedApiClients(
                http,
                redaction,
                () -> now,
                () -> 1,
                CircuitBreakerRegistry.ofDefaults(),
                name -> budget,
                ObservationRegistry.NOOP,
                new SimpleMeterRegistry());
        return new AzuremlKind(clients, redaction, () -> now).open("aml", settings);
    }

    @Override
    public void close() {
        server.stop(0);
        http.shutdownNow();
    }
}
