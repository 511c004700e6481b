package dev.bes.orchestrator.web;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** Somebody who writes requests by hand, also such as no client would send. */
final class WireCaller {
    private WireCaller() {}

    /** A connection to a node. */
    static Socket connect(String node) {
        URI url = URI.create(node);
        try {
            Socket socket = new Socket(url.getHost(), url.getPort());
            socket.setSoTimeout(30_000);
            return socket;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Everything that a node answers to a request that asks it to close the connection. */
    static String say(String node, String request) {
        try (Socket socket = connect(node)) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A request without a body. */
    static String request(String method, String path, String host, String... headers) {
        String more = headers.length == 0 ? "" : String.join("\r\n", headers) + "\r\n";
        return "%s %s HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n%s\r\n".formatted(method, path, host, more);
    }
}
