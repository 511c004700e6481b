package dev.bes.orchestrator.remote.bes;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** A far side that answers as it is told, on loopback, and remembers what it was asked. */
public final class ScriptedService implements AutoCloseable {

    /** One call as it arrived. */
    public record Asked(String line, Headers headers, String body) {
        public String header(String name) {
            return String.valueOf(headers.getFirst(name));
        }
    }

    /** One answer to come. */
    interface Answer {
        void to(HttpExchange exchange) throws IOException;
    }

    public final List<Asked> asked = new CopyOnWriteArrayList<>();

    /** Counts down when an answer could not be written to its end: the caller has hung up. */
    public final CountDownLatch hungUp = new CountDownLatch(1);

    private final CountDownLatch closing = new CountDownLatch(1);
    private final ConcurrentLinkedQueue<Answer> answers = new ConcurrentLinkedQueue<>();
    private final HttpServer server;

    public ScriptedService() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::handle);
        server.start();
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    public ScriptedService answers(int status, String body, String... headers) {
        return answers(exchange -> {
            for (int i = 0; i < headers.length; i += 2) {
                exchange.getResponseHeaders().add(headers[i], headers[i + 1]);
            }
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
        });
    }

    ScriptedService answers(Answer answer) {
        answers.add(answer);
        return this;
    }

    /** Headers at once, then a byte now and then for as long as anybody listens. */
    public ScriptedService drips() {
        return answers(exchange -> {
            exchange.sendResponseHeaders(200, 0);
            while (!await(20)) {
                exchange.getResponseBody().write(' ');
                exchange.getResponseBody().flush();
            }
        });
    }

    /** Headers at once, then nothing. */
    public ScriptedService stalls() {
        return answers(exchange -> {
            exchange.sendResponseHeaders(200, 10);
            exchange.getResponseBody().flush();
            await(60_000);
        });
    }

    /** A body without end. */
    public ScriptedService floods() {
        return answers(exchange -> {
            exchange.sendResponseHeaders(200, 0);
            while (!await(0)) {
                exchange.getResponseBody().write(new byte[64 * 1024]);
            }
        });
    }

    Asked onlyAsked() {
        if (asked.size() != 1) {
            throw new AssertionError("Expected one call but got " + asked);
        }
        return asked.getFirst();
    }

    @Override
    public void close() {
        closing.countDown();
        server.stop(0);
    }

    private boolean await(long millis) {
        try {
            return closing.await(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            asked.add(new Asked(
                    exchange.getRequestMethod() + " " + exchange.getRequestURI(), exchange.getRequestHeaders(), body));
            Answer answer = answers.poll();
            if (answer == null) {
                throw new IOException("Nobody said what to answer");
            }
            answer.to(exchange);
        } catch (IOException e) {
            hungUp.countDown();
            throw e;
        }
    }
}
