package dev.bes.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A service that answers word for word, to see what the command prints; the real one is asked by the tests of the orchestrator. */
final class RecordedService implements AutoCloseable {
    private final HttpServer server;
    private final Map<String, Deque<Answer>> answers = new ConcurrentHashMap<>();
    private final List<Call> calls = Collections.synchronizedList(new ArrayList<>());

    /** A call that came. */
    record Call(String request, String authorization, String idempotencyKey, String lastEventId, String body) {}

    private record Answer(int status, String type, String body) {}

    RecordedService() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    /** Answers a request, such as {@code GET /api/v1/runs/1}, with JSON; several answers are given in turn, the last for good. */
    RecordedService answers(String request, int status, String json) {
        return answers(request, status, status < 400 ? "application/json" : "application/problem+json", json);
    }

    RecordedService answers(String request, int status, String type, String body) {
        answers.computeIfAbsent(request, r -> new ArrayDeque<>()).add(new Answer(status, type, body));
        return this;
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    List<Call> calls() {
        return List.copyOf(calls);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path =
                    exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath();
            calls.add(new Call(
                    path,
                    String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")),
                    String.valueOf(exchange.getRequestHeaders().getFirst("Idempotency-Key")),
                    String.valueOf(exchange.getRequestHeaders().getFirst("Last-Event-ID")),
                    new String(exchange.getRequestBody().readAllBytes(), UTF_8)));
            Deque<Answer> all = answers.getOrDefault(path, new ArrayDeque<>());
            Answer answer = all.size() > 1 ? all.removeFirst() : all.peekFirst();
            if (answer == null) {
                exchange.sendResponseHeaders(404, -1);
                return;
            }
            exchange.getResponseHeaders().set("Content-Type", answer.type());
            byte[] body = answer.body().getBytes(UTF_8);
            exchange.sendResponseHeaders(answer.status(), body.length);
            exchange.getResponseBody().write(body);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
