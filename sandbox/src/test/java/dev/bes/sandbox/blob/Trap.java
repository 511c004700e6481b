package dev.bes.sandbox.blob;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicInteger;

/** A port on all addresses of this machine that counts connections, and answers each with the same lines. */
public final class Trap implements AutoCloseable {

    private final ServerSocket socket;
    private final AtomicInteger connections = new AtomicInteger();
    private final String answer;

    /**
     * Opens the port.
     *
     * @param answer status line and headers
     */
    public Trap(String answer) throws IOException {
        this.answer = answer;
        this.socket = new ServerSocket();
        socket.bind(new InetSocketAddress(InetAddress.ofLiteral("0.0.0.0"), 0));
        Thread.ofVirtual().start(this::serve);
    }

    /** The port's number. */
    public int port() {
        return socket.getLocalPort();
    }

    /** How many connections there were. */
    public int connections() {
        return connections.get();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private void serve() {
        while (!socket.isClosed()) {
            try (Socket caller = socket.accept()) {
                connections.incrementAndGet();
                caller.getInputStream().read(new byte[8192]);
                caller.getOutputStream().write((answer + "\r\n\r\n").getBytes(US_ASCII));
            } catch (IOException e) {
                // closed, or the caller has gone
            }
        }
    }
}
