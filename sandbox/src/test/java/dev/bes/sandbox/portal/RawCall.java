package dev.bes.sandbox.portal;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;

/** A request as bytes, since the JDK's client sets {@code Host} and {@code Origin} itself. */
final class RawCall {

    private RawCall() {}

    /** The whole response, headers and body, to a request with these header lines. */
    static String send(URI server, String method, String path, String body, String... headers) {
        String request = method + " " + path + " HTTP/1.1\r\n" + String.join("\r\n", headers)
                + "\r\nConnection: close\r\nContent-Length: " + body.getBytes(UTF_8).length + "\r\n\r\n" + body;
        try (Socket socket = new Socket(server.getHost(), server.getPort())) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write(request.getBytes(UTF_8));
            return new String(socket.getInputStream().readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
