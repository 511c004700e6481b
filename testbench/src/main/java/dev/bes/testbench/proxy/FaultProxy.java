package dev.bes.testbench.proxy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A TCP proxy on the loopback interface in front of an HTTP server or PostgreSQL. Without faults it forwards all bytes
 * unchanged. Faults are injected and cleared at any time and affect open connections too.
 */
public final class FaultProxy implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(FaultProxy.class);

    private final ServerSocket server;
    private final InetSocketAddress target;
    private final FaultList faults = new FaultList();
    private final Set<ProxyConnection> connections = ConcurrentHashMap.newKeySet();
    private final ExecutorService threads = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("proxy-", 1).factory());

    private FaultProxy(ServerSocket server, InetSocketAddress target) {
        this.server = server;
        this.target = target;
    }

    /**
     * Opens a proxy; it listens when this returns.
     *
     * @param port the port to listen on, 0 for a free one
     * @param target server that calls are forwarded to; it may start later
     * @throws UncheckedIOException when the port is taken
     */
    public static FaultProxy open(int port, InetSocketAddress target) {
        try {
            ServerSocket server = new ServerSocket(port, 1024, InetAddress.ofLiteral("127.0.0.1"));
            FaultProxy proxy = new FaultProxy(server, target);
            proxy.threads.execute(proxy::accept);
            return proxy;
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot listen on port " + port + ": " + e.getMessage(), e);
        }
    }

    /** The port it listens on. */
    public int port() {
        return server.getLocalPort();
    }

    /** Applies a fault to every call until it is cleared. The oldest matching fault applies to a call. */
    public InjectedFault inject(CallFault callFault) {
        return inject(callFault, CallMatcher.always());
    }

    /** Applies a fault to some calls until it is cleared. The oldest matching fault applies to a call. */
    public InjectedFault inject(CallFault callFault, CallMatcher callMatcher) {
        return faults.add(callFault, callMatcher);
    }

    /** Clears all faults. */
    public void clear() {
        faults.clear();
    }

    /** Ends all connections; returns when no thread is left. */
    @Override
    public void close() {
        try (server) {
            connections.forEach(connection -> connection.end(true));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        threads.shutdownNow();
        threads.close();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                serve(new ProxyConnection(client, target, faults, threads));
            } catch (IOException e) {
                if (!server.isClosed()) {
                    log.warn("The proxy at port {} did not accept a connection", port(), e);
                }
            }
        }
    }

    private void serve(ProxyConnection connection) {
        connections.add(connection);
        try {
            threads.execute(() -> {
                connection.run();
                connections.remove(connection);
            });
        } catch (RejectedExecutionException e) {
            // closed in the meantime
            connection.end(true);
        }
    }
}
