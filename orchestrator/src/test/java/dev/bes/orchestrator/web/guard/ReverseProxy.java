package dev.bes.orchestrator.web.guard;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;

/** A reverse proxy on loopback: it takes a prefix off each path, and says so with the usual headers. */
public final class ReverseProxy implements AutoCloseable {
    private static final Set<String> OF_THE_CONNECTION =
            Set.of("host", "connection", "content-length", "transfer-encoding", "expect", "upgrade", "http2-settings");

    private final HttpServer server;
    private final HttpClient client = HttpClient.newHttpClient();
    private final URI node;
    private final String prefix;

    private ReverseProxy(HttpServer server, URI node, String prefix) {
        this.server = server;
        this.node = node;
        this.prefix = prefix;
    }

    /** Starts one before a node. */
    public static ReverseProxy before(URI node, String prefix) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        ReverseProxy proxy = new ReverseProxy(server, node, prefix);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", proxy::pass);
        server.start();
        return proxy;
    }

    /** Where callers reach the node through it, without a slash at the end. */
    public URI url() {
        return URI.create("http://localhost:" + server.getAddress().getPort() + prefix);
    }

    private void pass(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().toString();
        if (!path.startsWith(prefix + "/")) {
            exchange.sendResponseHeaders(404, -1);
            exchange.close();
            return;
        }
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(node + path.substring(prefix.length())))
                .method(
                        exchange.getRequestMethod(),
                        BodyPublishers.ofByteArray(exchange.getRequestBody().readAllBytes()));
        exchange.getRequestHeaders().forEach((name, values) -> {
            if (!OF_THE_CONNECTION.contains(name.toLowerCase(java.util.Locale.ROOT))
                    && !ForwardedRequest.isOfProxies(name)) {
                values.forEach(value -> request.header(name, value));
            }
        });
        // like nginx, it appends to what the caller sent
        List<String> earlier = exchange.getRequestHeaders().getOrDefault("X-Forwarded-For", List.of());
        earlier.forEach(value -> request.header("X-Forwarded-For", value));
        request.header(
                "X-Forwarded-For", exchange.getRemoteAddress().getAddress().getHostAddress());
        request.header("X-Forwarded-Host", exchange.getRequestHeaders().getFirst("Host"));
        request.header("X-Forwarded-Proto", "http");
        request.header("X-Forwarded-Prefix", prefix);
        try {
            answer(exchange, client.send(request.build(), BodyHandlers.ofByteArray()));
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void answer(HttpExchange exchange, HttpResponse<byte[]> answer) throws IOException {
        answer.headers().map().forEach((name, values) -> {
            if (!OF_THE_CONNECTION.contains(name)) {
                values.forEach(value -> exchange.getResponseHeaders().add(name, value));
            }
        });
        exchange.sendResponseHeaders(answer.statusCode(), answer.body().length == 0 ? -1 : answer.body().length);
        exchange.getResponseBody().write(answer.body());
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
        client.close();
    }
}
