package dev.bes.sandbox.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.EnumSet;
import java.util.concurrent.Executor;
import org.eclipse.jetty.http.HttpCompliance;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.jspecify.annotations.Nullable;

/** How Jetty is set up: bounds, and what of HTTP/1.1 is strict. */
final class JettyServer {

    /** Clients keep idle connections for 30 s; a server that closes them first breaks the next POST. */
    private static final int IDLE_MILLIS = 300_000;

    /** Request line and headers. API Management takes URLs of 16,384 bytes. Source: its gateway runtime limits. */
    private static final int MOST_HEADER_BYTES = 32 << 10;

    private static final int CONNECTION_BACKLOG = 1024;

    /**
     * Handlers get the raw path, so an escaped slash or percent sign is not ambiguous to them. Signs that a client should have
     * escaped, as the braces of a GUID, are taken as HTTP.sys and Kestrel take them.
     */
    private static final UriCompliance RAW_PATHS = new UriCompliance(
            "RAW_PATHS",
            EnumSet.of(
                    UriCompliance.Violation.ILLEGAL_PATH_CHARACTERS,
                    UriCompliance.Violation.AMBIGUOUS_EMPTY_SEGMENT,
                    UriCompliance.Violation.AMBIGUOUS_PATH_SEPARATOR,
                    UriCompliance.Violation.AMBIGUOUS_PATH_ENCODING));

    /** In an absolute URL the host of the URL counts, and not the header. Source: RFC 9112, section 3.2.2. */
    private static final HttpCompliance RFC_9112 =
            HttpCompliance.RFC9110.with("RFC_9112", HttpCompliance.Violation.MISMATCHED_AUTHORITY);

    private JettyServer() {}

    /** @param handlers runs the handling of requests; Jetty's own threads only wait for sockets */
    static Server create(Executor handlers) {
        QueuedThreadPool sockets = new QueuedThreadPool(16, 2);
        sockets.setName("http");
        sockets.setVirtualThreadsExecutor(handlers);
        Server server = new Server(sockets);
        server.setStopTimeout(0);
        server.setErrorHandler(JettyServer::explain);
        return server;
    }

    /** @param certificate null for HTTP */
    static ServerConnector connector(Server server, int port, @Nullable ServerCertificate certificate) {
        HttpConnectionFactory http = new HttpConnectionFactory(configuration());
        ServerConnector connector = certificate == null
                ? new ServerConnector(server, 1, 1, http)
                : new ServerConnector(
                        server, 1, 1, new SslConnectionFactory(certificate.context(), http.getProtocol()), http);
        connector.setHost("127.0.0.1");
        connector.setPort(port);
        connector.setAcceptQueueSize(CONNECTION_BACKLOG);
        connector.setIdleTimeout(IDLE_MILLIS);
        return connector;
    }

    /** @throws UncheckedIOException when the port is taken */
    static void start(Server server, int port) {
        try {
            server.start();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot listen on port " + port + ": " + e.getMessage(), e);
        } catch (Exception e) {
            throw new IllegalStateException("Cannot start the HTTP server", e);
        }
    }

    static void stop(Server server) {
        try {
            server.stop();
        } catch (Exception e) {
            throw new IllegalStateException("Cannot stop the HTTP server", e);
        }
    }

    private static HttpConfiguration configuration() {
        HttpConfiguration configuration = new HttpConfiguration();
        configuration.setSendServerVersion(false);
        configuration.setRequestHeaderSize(MOST_HEADER_BYTES);
        configuration.setHttpCompliance(RFC_9112);
        configuration.setUriCompliance(RAW_PATHS);
        configuration.addCustomizer(new SecureRequestCustomizer());
        return configuration;
    }

    /** The status in words. Text alone: what a caller sent never becomes markup. */
    private static boolean explain(Request request, Response response, Callback callback) {
        String reason = HttpStatus.getMessage(response.getStatus());
        Object detail = request.getAttribute(ErrorHandler.ERROR_MESSAGE);
        String text = detail == null || detail.equals(reason) ? reason : reason + ": " + detail;
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "text/plain; charset=utf-8");
        response.write(true, ByteBuffer.wrap(text.getBytes(UTF_8)), callback);
        return true;
    }
}
