package dev.bes.orchestrator.callback;

import dev.bes.orchestrator.text.HttpAddress;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/**
 * Posts to an address that was checked, and to no other one. The HTTP client of the JDK looks the name up by itself, so a name could
 * resolve to one address when it is checked and to another one when it is called. Here the connection goes to the checked address,
 * and TLS still verifies the name. Of the answer nothing but its status is read; so no redirect is followed.
 */
final class CallbackClient implements AutoCloseable {
    private final SSLSocketFactory tls;
    private final Duration timeout;
    private final ScheduledThreadPoolExecutor alarms =
            new ScheduledThreadPoolExecutor(1, Thread.ofVirtual().factory());

    CallbackClient(SSLSocketFactory tls, Duration timeout) {
        this.tls = tls;
        this.timeout = timeout;
        alarms.setRemoveOnCancelPolicy(true);
    }

    /**
     * Makes one call.
     *
     * @param checked where to connect
     * @param headers further headers, without line ends
     * @return the status of the answer
     * @throws IOException if there is none; the message holds nothing from outside
     */
    int post(HttpAddress address, InetAddress checked, Map<String, String> headers, byte[] body) throws IOException {
        try (Socket socket = new Socket()) {
            // covers a receiver that answers byte by byte, which no time limit of the socket does
            AtomicBoolean isLate = new AtomicBoolean();
            Future<?> alarm = alarms.schedule(() -> close(socket, isLate), timeout.toMillis(), TimeUnit.MILLISECONDS);
            try {
                socket.connect(new InetSocketAddress(checked, address.port()), Math.toIntExact(timeout.toMillis()));
                return exchange(address.secure() ? secured(socket, address) : socket, address, headers, body);
            } catch (SSLException e) {
                throw isLate.get()
                        ? late(e)
                        : new IOException(
                                "no secure connection: the certificate is not trusted, or not of this host", e);
            } catch (EOFException e) {
                throw new IOException("the connection was closed without an answer", e);
            } catch (AnswerHead.UnreadableAnswer e) {
                throw e;
            } catch (IOException e) {
                throw isLate.get() || e instanceof SocketTimeoutException
                        ? late(e)
                        : new IOException("no connection", e);
            } finally {
                alarm.cancel(false);
            }
        }
    }

    private IOException late(IOException e) {
        return new IOException("no answer within %d ms".formatted(timeout.toMillis()), e);
    }

    private static void close(Socket socket, AtomicBoolean isLate) {
        isLate.set(true);
        try {
            socket.close();
        } catch (IOException _) {
            // it is of no use any more
        }
    }

    private SSLSocket secured(Socket socket, HttpAddress address) throws IOException {
        SSLSocket secured = (SSLSocket) tls.createSocket(socket, address.host(), address.port(), true);
        SSLParameters parameters = secured.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        if (!address.isLiteral()) {
            parameters.setServerNames(List.of(new SNIHostName(address.host())));
        }
        secured.setSSLParameters(parameters);
        secured.startHandshake();
        return secured;
    }

    private static int exchange(Socket socket, HttpAddress address, Map<String, String> headers, byte[] body)
            throws IOException {
        StringBuilder head =
                new StringBuilder("POST %s HTTP/1.1\r\nHost: %s\r\n".formatted(address.target(), address.authority()));
        headers.forEach(
                (name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        head.append("Content-Length: ").append(body.length).append("\r\nConnection: close\r\n\r\n");
        OutputStream out = socket.getOutputStream();
        out.write(head.toString().getBytes(StandardCharsets.US_ASCII));
        out.write(body);
        out.flush();
        return new AnswerHead(socket.getInputStream()).status();
    }

    @Override
    public void close() {
        alarms.shutdownNow();
    }
}
