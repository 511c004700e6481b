package dev.bes.sandbox.http;

import java.io.UncheckedIOException;
import java.net.URI;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/** A listening port on the loopback interface, by Jetty; every request runs in its own virtual thread. */
public final class HttpPort implements AutoCloseable {

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Server server;
    private final ServerConnector connector;

    private HttpPort(int port, Handler handler) {
        this.server = JettyServer.create(threads);
        this.connector = JettyServer.connector(server, port);
        server.addConnector(connector);
        server.setHandler(new JettyHandler(handler));
    }

    /**
     * Opens a port and serves until closed.
     *
     * @param port the port number, 0 for a free one
     * @throws UncheckedIOException when the port is taken
     */
    public static HttpPort open(int port, Handler handler) {
        HttpPort opened = new HttpPort(port, handler);
        try {
            JettyServer.start(opened.server, port);
        } catch (UncheckedIOException e) {
            opened.close();
            throw e;
        }
        return opened;
    }

    /** The base address, without a slash at its end. */
    public URI url() {
        return URI.create("http://127.0.0.1:" + connector.getLocalPort());
    }

    /** Ends all connections, then waits for the requests that are being handled. */
    @Override
    public void close() {
        JettyServer.stop(server);
        threads.close();
    }
}
