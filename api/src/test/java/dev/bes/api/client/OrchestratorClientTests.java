package dev.bes.api.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import dev.bes.api.run.NewRunJson;
import dev.bes.api.run.StateJson;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.core.io.ByteArrayResource;

/** What a client makes of services that answer badly, or not at all. */
class OrchestratorClientTests {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Queue<HttpHandler> answers = new ConcurrentLinkedDeque<>();
    private final CountDownLatch over = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private HttpServer server;
    private OrchestratorClient client;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        // the last answer is given again and again
        server.createContext("/", exchange -> {
            HttpHandler answer = answers.size() > 1 ? answers.remove() : answers.element();
            try (exchange) {
                answer.handle(exchange);
            }
        });
        server.start();
        client = new OrchestratorClient(
                URI.create("http://127.0.0.1:" + server.getAddress().getPort()));
    }

    @AfterEach
    void stop() {
        over.countDown();
        client.close();
        server.stop(0);
        threads.shutdownNow();
    }

    private static HttpHandler answer(int status, String type, String body) {
        return exchange -> send(exchange, status, type, body.getBytes(UTF_8));
    }

    private static HttpHandler run(StateJson state) {
        return answer(200, "application/json", """
                {"id":5,"state":"%s","scoringCount":1,"endedCount":0,"attentionCount":0,"links":{},"counts":{},"scorings":[],
                "history":[],"historyTruncated":false,"changed":[],"a field of a later version":1}""".formatted(state.word()));
    }

    private static void send(HttpExchange exchange, int status, String type, byte[] body) throws IOException {
        exchange.getRequestBody().readAllBytes();
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
    }

    private ApiException failure() {
        return catchThrowableOfType(ApiException.class, () -> client.api().run(5));
    }

    @Test
    void carriesTheProblemOfAnAnswer() {
        answers.add(exchange -> {
            exchange.getResponseHeaders().set("Retry-After", "7");
            answer(
                            503,
                            "application/problem+json",
                            "{\"type\":\"/docs/problems#queue-full\",\"title\":\"Too much\",\"status\":503,"
                                    + "\"detail\":\"20 scorings\",\"line\":4}")
                    .handle(exchange);
        });

        ApiException refusal = failure();

        assertThat(refusal)
                .returns(503, ApiException::status)
                .returns(true, ApiException::isAnswered)
                .returns("queue-full", ApiException::kind)
                .returns(Duration.ofSeconds(7), ApiException::retryAfter)
                .hasMessageEndingWith("/api/v1/runs/5 was answered with 503: Too much: 20 scorings");
        assertThat(Objects.requireNonNull(refusal.problem()).getProperties()).containsEntry("line", 4);
    }

    @ParameterizedTest
    @CsvSource({
        "502, text/html, <h1>Bad gateway</h1>",
        "500, application/json, []",
        "404, text/plain, ''",
        "302, text/plain, x"
    })
    void isRefusedWithoutAProblemWhereSomethingElseAnswers(int status, String type, String body) {
        answers.add(answer(status, type, body));

        assertThat(failure())
                .returns(status, ApiException::status)
                .returns(null, ApiException::problem)
                .returns("", ApiException::kind)
                .returns(null, ApiException::retryAfter)
                .returns(body, ApiException::body)
                .hasMessageEndingWith(status + ": " + body);
    }

    @ParameterizedTest
    @CsvSource({
        "text/html, <h1>Hello</h1>",
        "application/json, '{\"id\":'",
        "application/json, '{\"id\":5,\"state\":\"Sleeping\"}'",
        "application/json, '{\"state\":\"Running\"}'",
        "application/json, '\"run\"'",
        "application/json, ''"
    })
    void isUnclearWhereAnAnswerIsNotTheJsonOfACall(String type, String body) {
        answers.add(answer(200, type, body));

        assertThat(failure())
                .returns(0, ApiException::status)
                .hasMessageContaining("/api/v1/runs/5 has no clear answer: ");
    }

    @Test
    void isUnclearWhereAnAnswerIsTooLarge() {
        byte[] chunk = " ".repeat(64 * 1024).getBytes(UTF_8);
        answers.add(exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, 0);
            for (int sent = 0; sent <= ApiConnection.MOST_JSON_BYTES; sent += chunk.length) {
                exchange.getResponseBody().write(chunk);
            }
        });

        assertThat(failure())
                .returns(0, ApiException::status)
                .hasMessageContaining("the answer has more than 33,554,432 bytes");
    }

    @Test
    void isUnclearWhereAnAnswerBreaksOff() {
        answers.add(exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, 1_000);
            exchange.getResponseBody().write("{\"id\":5,".getBytes(UTF_8));
            throw new IOException("gone");
        });

        assertThat(failure()).returns(false, ApiException::isAnswered);
        assertThatThrownBy(() -> client.output(5, 1, "output1", in -> in.readAllBytes()))
                .isInstanceOf(ApiException.class);
        assertThatThrownBy(() -> client.text("/")).isInstanceOf(ApiException.class);
    }

    @ParameterizedTest
    @CsvSource({"false", "true"})
    void isUnclearWhereNoAnswerOrNotAllOfItComesInTime(boolean begun) {
        answers.add(exchange -> {
            if (begun) {
                exchange.sendResponseHeaders(200, 1_000);
                exchange.getResponseBody().write('{');
                exchange.getResponseBody().flush();
            }
            await(over);
        });
        OrchestratorClient hasty = client.withTimeout(Duration.ofMillis(200));

        for (Runnable call : List.<Runnable>of(
                () -> hasty.api().definitions(),
                () -> hasty.request(NewRunJson.of("a"), null),
                () -> hasty.request(NewRunJson.of("a"), Map.of("input1", new ByteArrayResource(new byte[9])), "key"),
                () -> hasty.output(5, 1, "output1", in -> in.readAllBytes()))) {
            CompletableFuture<ApiException> failure =
                    CompletableFuture.supplyAsync(() -> catchThrowableOfType(ApiException.class, call::run), threads);
            assertThat(failure.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join())
                    .returns(0, ApiException::status);
        }
        assertThat(hasty.isReady()).isFalse();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void isUnclearWhereNobodyListens() throws IOException {
        URI url;
        try (ServerSocket port = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            url = URI.create("http://127.0.0.1:" + port.getLocalPort());
        }
        try (OrchestratorClient nobodys = new OrchestratorClient(url, PATIENCE, PATIENCE)) {
            assertThat(catchThrowableOfType(ApiException.class, () -> nobodys.request(NewRunJson.of("a"), null)))
                    .returns(0, ApiException::status)
                    .hasMessageContaining("POST /api/v1/runs has no clear answer: ");
            assertThat(nobodys.isReady()).isFalse();
        }
    }

    @Test
    void sendsAFormThatAnyServerReads() {
        Queue<String> sent = new ArrayDeque<>();
        answers.add(exchange -> {
            sent.add(exchange.getRequestHeaders().getFirst("Content-Type"));
            sent.add(String.valueOf(exchange.getRequestHeaders().getFirst("Idempotency-Key")));
            sent.add(new String(exchange.getRequestBody().readAllBytes(), UTF_8));
            exchange.getResponseHeaders().set("Idempotency-Replayed", "true");
            send(exchange, 201, "application/json", "{\"id\":9,\"links\":{}}".getBytes(UTF_8));
        });
        ByteArrayResource file = new ByteArrayResource("a\n1\n".getBytes(UTF_8)) {
            @Override
            public String getFilename() {
                return "Möwe.csv";
            }
        };

        AcceptedRun accepted =
                client.request(new NewRunJson("hash", Map.of("bits", "3")), Map.of("input1", file), "key-1");

        assertThat(accepted).returns(9L, AcceptedRun::id).returns(true, AcceptedRun::replayed);
        assertThat(sent.remove()).startsWith("multipart/form-data;");
        assertThat(sent.remove()).isEqualTo("key-1");
        assertThat(sent.remove())
                .contains("name=\"definition\"", "hash\r\n", "name=\"parameters.bits\"", "3\r\n")
                .contains("name=\"input1\"; filename=\"Möwe.csv\"", "\r\n\r\na\n1\n\r\n--");
    }

    @Test
    void waitsForTheEndOfARunThroughFailures() {
        answers.add(run(StateJson.NOT_STARTED));
        answers.add(answer(503, "text/plain", "busy"));
        answers.add(exchange -> {
            throw new IOException("gone");
        });
        answers.add(run(StateJson.FINISHED));

        assertThat(client.awaitEnd(5, PATIENCE).run().state()).isEqualTo(StateJson.FINISHED);
    }

    @Test
    void endsItsWaitWhenTheTimeIsOverOrItIsClosed() {
        answers.add(run(StateJson.RUNNING));
        assertThatThrownBy(() -> client.awaitEnd(5, Duration.ofMillis(150)))
                .isInstanceOf(ApiException.class)
                .hasMessageContaining("Waiting for run 5")
                .hasMessageContaining("has not ended within PT0.15S; it is Running");

        CompletableFuture<?> waiting = CompletableFuture.runAsync(() -> client.awaitEnd(5, PATIENCE), threads);
        client.close();
        assertThat(waiting)
                .failsWithin(PATIENCE)
                .withThrowableOfType(ExecutionException.class)
                .withCauseInstanceOf(ApiException.class);
    }
}
