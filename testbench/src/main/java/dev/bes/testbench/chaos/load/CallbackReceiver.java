package dev.bes.testbench.chaos.load;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.bes.testbench.checker.evidence.DriverEntry;
import dev.bes.testbench.checker.evidence.DriverJournal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.InstantSource;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.json.JsonMapper;

/** Is told of the ends of runs, and records what it was told. It refuses each fifth call, after it has recorded it or before. */
public final class CallbackReceiver implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int REFUSED = 5;

    private final DriverJournal journal;
    private final InstantSource clock;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final AtomicInteger calls = new AtomicInteger();

    /**
     * Starts it.
     *
     * @param port the one that the settings of the nodes allow
     */
    public CallbackReceiver(int port, DriverJournal journal, InstantSource clock) {
        this.journal = journal;
        this.clock = clock;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::receive);
        server.setExecutor(threads);
        server.start();
    }

    private void receive(HttpExchange call) throws IOException {
        try (call) {
            int number = calls.incrementAndGet();
            boolean refuses = number % REFUSED == 0;
            if (!refuses || number % 2 == 0) {
                long run = JSON.readTree(call.getRequestBody())
                        .path("data")
                        .path("run")
                        .asLong();
                String event = call.getRequestHeaders().getFirst("webhook-id");
                journal.append(new DriverEntry.CallbackReceived(clock.instant(), event, run));
            }
            call.sendResponseHeaders(refuses ? 503 : 204, -1);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.close();
    }
}
