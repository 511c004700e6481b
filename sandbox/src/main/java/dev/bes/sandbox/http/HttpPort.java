package dev.bes.sandbox.http;

import java.io.UncheckedIOException;
import java.net.URI;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.jspecify.annotations.Nullable;

/** A listening port on the loopback interface, by Jetty; every request runs in its own virtual thread. */
public final class HttpPort implements AutoCloseable {

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Server server = JettyServer.create(threads);
    private final URI url;

    private HttpPort(int port, @Nullable ServerCertificate certificate, Handler handler) {
        ServerConnector connector = JettyServer.connector(server, port, certificate);
        server.addConnector(connector);
        server.setHandler(new JettyHandler(handler));
        try {
            JettyServer.start(server, port);
        } catch (RuntimeException e) {
            close();
            throw e;
        }
        this.url = URI.create((certificate == null ? "http" : "https") + "://127.0.0.1:" + connector.getLocalPort());
    }

    /**
     * Opens a port and serves HTTP until closed.
     *
     * @param port the port number, 0 for a free one
     * @throws UncheckedIOException when the port is taken
     */
    public static HttpPort open(int port, Handler handler) {
        return open(port, null, handler);
    }

    /**
     * Opens a port and serves HTTPS until closed.
     *
     * @param port the port number, 0 for a free one
     * @param certificate shown to clients; null for HTTP
     * @throws UncheckedIOException when the port is taken
     */
    public static HttpPort open(int port, @Nullable ServerCertificate certificate, Handler handler) {
        return new HttpPort(port, certificate, handler);
    }

    /** The base address, without a slash at its end; it stays the same when the port is closed. */
    public URI url() {
        return url;
    }

    /** Ends all connections, then waits for the requests that are being handled. */
    @Override
    public void close() {
        JettyServer.stop(server);
        threads.close();
    }
}
