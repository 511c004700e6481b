package dev.bes.sandbox.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** One connection on which a test writes bytes and reads replies one by one. */
final class RawConnection implements AutoCloseable {

    private final Socket socket;
    private final InputStream in;

    RawConnection(URI server) {
        try {
            socket = new Socket(server.getHost(), server.getPort());
            socket.setSoTimeout(20_000);
            in = new BufferedInputStream(socket.getInputStream());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A reply: its status line, its header lines and its body. */
    record RawReply(String statusLine, List<String> headers, String body) {}

    /** Sends these lines, each ended by CR LF, and an empty one. */
    RawConnection head(String... lines) {
        return bytes(String.join("\r\n", lines) + "\r\n\r\n");
    }

    RawConnection bytes(String text) {
        try {
            socket.getOutputStream().write(text.getBytes(ISO_8859_1));
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The next reply, whose body has the length that the reply states. */
    RawReply reply() {
        RawReply head = replyHead();
        int length = head.headers().stream()
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith("content-length:"))
                .mapToInt(line -> Integer.parseInt(line.substring(15).strip()))
                .findFirst()
                .orElse(0);
        try {
            return new RawReply(head.statusLine(), head.headers(), new String(in.readNBytes(length), ISO_8859_1));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The next reply, without reading a body. */
    RawReply replyHead() {
        List<String> lines = new ArrayList<>();
        for (String line = line(); !line.isEmpty(); line = line()) {
            lines.add(line);
        }
        if (lines.isEmpty()) {
            throw new IllegalStateException("The connection was closed before a reply");
        }
        return new RawReply(lines.getFirst(), List.copyOf(lines.subList(1, lines.size())), "");
    }

    /** Whether the server has closed the connection, without another byte. */
    boolean isClosed() {
        try {
            return in.read() < 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String line() {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        try {
            for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
                line.write(next);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return line.toString(ISO_8859_1).stripTrailing();
    }
}
