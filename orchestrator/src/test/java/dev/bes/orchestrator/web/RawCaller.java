package dev.bes.orchestrator.web;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.Charset;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Writes requests by hand, byte by byte: also such as no client library would send. */
public final class RawCaller {
    private final URI node;

    public RawCaller(URI node) {
        this.node = node;
    }

    /** An answer. */
    public record Answer(int status, String head, String body) {
        public JsonNode json() {
            return new JsonMapper().readTree(body);
        }
    }

    /** Sends a request with these header lines and this body; its length is added unless they say it. */
    public Answer send(String line, List<String> headers, byte[] body) {
        ByteArrayOutputStream request = new ByteArrayOutputStream();
        request.writeBytes(
                (line + " HTTP/1.1\r\nHost: " + node.getAuthority() + "\r\nConnection: close\r\n").getBytes(UTF_8));
        headers.forEach(header -> request.writeBytes((header + "\r\n").getBytes(ISO_8859_1)));
        boolean measured = headers.stream()
                .anyMatch(header -> header.startsWith("Transfer-Encoding") || header.startsWith("Content-Length"));
        request.writeBytes((measured ? "\r\n" : "Content-Length: " + body.length + "\r\n\r\n").getBytes(UTF_8));
        request.writeBytes(body);
        return answer(say(node.toString(), request.toByteArray()));
    }

    /** A connection to a node. */
    public static Socket connect(String node) {
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
    public static String say(String node, String request) {
        return say(node, request.getBytes(ISO_8859_1));
    }

    private static String say(String node, byte[] request) {
        try (Socket socket = connect(node)) {
            socket.getOutputStream().write(request);
            return new String(socket.getInputStream().readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A request without a body. */
    public static String request(String method, String path, String host, String... headers) {
        String more = headers.length == 0 ? "" : String.join("\r\n", headers) + "\r\n";
        return "%s %s HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n%s\r\n".formatted(method, path, host, more);
    }

    /** Sends a JSON body as it is. */
    public Answer json(String path, byte[] body, String... headers) {
        return send("POST " + path, with("Content-Type: application/json", headers), body);
    }

    /** Sends a form whose parts are written down here; line ends may be plain. */
    Answer form(String path, String parts, Charset charset, String... headers) {
        byte[] body = parts.replace("\n", "\r\n").getBytes(charset);
        return send("POST " + path, with("Content-Type: multipart/form-data; boundary=cut", headers), body);
    }

    private static List<String> with(String first, String... more) {
        return Stream.concat(Stream.of(first), Stream.of(more)).toList();
    }

    private static Answer answer(String text) {
        int end = text.indexOf("\r\n\r\n");
        String head = text.substring(0, end);
        String body = text.substring(end + 4);
        return new Answer(
                Integer.parseInt(head.split(" ", 3)[1]), head, head.contains("chunked") ? unchunked(body) : body);
    }

    private static String unchunked(String body) {
        byte[] bytes = body.getBytes(UTF_8);
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        int at = 0;
        while (true) {
            int end = at;
            while (bytes[end] != '\r') {
                end++;
            }
            int size = Integer.parseInt(new String(bytes, at, end - at, UTF_8), 16);
            if (size == 0) {
                return whole.toString(UTF_8);
            }
            whole.write(bytes, end + 2, size);
            at = end + 2 + size + 2;
        }
    }
}
