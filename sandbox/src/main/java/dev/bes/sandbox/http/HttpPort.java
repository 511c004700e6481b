package dev.bes.sandbox.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A listening port on the loopback interface; every request runs in its own virtual thread. */
public final class HttpPort implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(HttpPort.class);

    static {
        // Headers and body leave in two writes: without this the second one waits for a delayed acknowledgement.
        prefer("sun.net.httpserver.nodelay", "true");
        // Clients keep idle connections for 30 s; a server that closes them first breaks the next POST.
        prefer("sun.net.httpserver.idleInterval", "300");
        prefer("sun.net.httpserver.maxIdleConnections", "10000");
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    private HttpPort(HttpServer server, Handler handler) {
        this.server = server;
        server.setExecutor(threads);
        server.createContext("/", exchange -> answer(exchange, handler));
    }

    /**
     * Opens a port and serves until closed.
     *
     * @param port the port number, 0 for a free one
     * @throws UncheckedIOException when the port is taken
     */
    public static HttpPort open(int port, Handler handler) {
        try {
            InetSocketAddress address = new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port);
            HttpPort opened = new HttpPort(HttpServer.create(address, 1024), handler);
            opened.server.start();
            return opened;
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot listen on port " + port + ": " + e.getMessage(), e);
        }
    }

    /** The base address, without a slash at its end. */
    public URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    @Override
    public void close() {
        server.stop(0);
        threads.close();
    }

    private static void prefer(String property, String value) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, value);
        }
    }

    private static void answer(HttpExchange exchange, Handler handler) throws IOException {
        try (exchange) {
            send(exchange, reply(exchange, handler));
        }
    }

    private static Reply reply(HttpExchange exchange, Handler handler) throws IOException {
        try {
            return handler.handle(RequestReader.read(exchange));
        } catch (RuntimeException e) {
            log.error(
                    "{} {} failed",
                    exchange.getRequestMethod(),
                    exchange.getRequestURI().getPath(),
                    e);
            return new Reply(500, Map.of(), "");
        }
    }

    private static void send(HttpExchange exchange, Reply reply) throws IOException {
        reply.headers().forEach(exchange.getResponseHeaders()::set);
        byte[] body = reply.body().getBytes(UTF_8);
        if (body.length == 0) {
            exchange.sendResponseHeaders(reply.status(), -1);
            return;
        }
        exchange.sendResponseHeaders(reply.status(), body.length);
        exchange.getResponseBody().write(body);
    }
}
