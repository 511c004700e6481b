package dev.bes.orchestrator;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import tools.jackson.databind.json.JsonMapper;

/** A careless service: it takes no call, and repeats in its answer every key that it was sent, its caller's blobs too. */
final class EchoService implements AutoCloseable {
    private final List<String> said = new CopyOnWriteArrayList<>();
    private final HttpServer server;

    /** @param good the one key of the managed API that is not refused for itself */
    EchoService(String good) {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/bad-request", exchange -> answer(exchange, 400, "Bad request"));
        server.createContext(
                "/wrong-keys",
                exchange -> answer(
                        exchange,
                        401,
                        subscriptionKey(exchange).equals(good) ? "Wrong key" : "Invalid subscription key"));
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** Everything that it has answered so far. */
    String said() {
        return String.join("\n", said);
    }

    private static String subscriptionKey(HttpExchange exchange) {
        return String.valueOf(exchange.getRequestHeaders().getFirst("Ocp-Apim-Subscription-Key"));
    }

    private void answer(HttpExchange exchange, int status, String why) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            String message = String.join(
                    " ",
                    why,
                    subscriptionKey(exchange),
                    exchange.getRequestHeaders().getFirst("Authorization").replace("Bearer ", ""),
                    body);
            said.add(message);
            byte[] answer =
                    JsonMapper.shared().writeValueAsBytes(Map.of("error", Map.of("code", "Echo", "message", message)));
            exchange.sendResponseHeaders(status, answer.length);
            exchange.getResponseBody().write(answer);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
