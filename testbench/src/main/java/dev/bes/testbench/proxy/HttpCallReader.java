package dev.bes.testbench.proxy;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads HTTP/1.1 requests with a body of known length or in chunks; {@code 100 Continue} is not supported. */
final class HttpCallReader implements CallReader {

    private static final int MOST_LINE_BYTES = 64 << 10;

    private final InputStream in;
    private boolean isUsed;

    HttpCallReader(InputStream in) {
        this.in = in;
    }

    @Override
    public @Nullable Call next() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        String requestLine = line(bytes);
        if (bytes.size() == 0) {
            return null;
        }
        long length = 0;
        for (String header = line(bytes); !header.isEmpty(); header = line(bytes)) {
            String lower = header.toLowerCase(Locale.ROOT);
            if (lower.startsWith("content-length:")) {
                length = number(lower.substring("content-length:".length()), 10);
            } else if (lower.startsWith("transfer-encoding:") && lower.contains("chunked")) {
                length = -1;
            }
        }
        if (length < 0) {
            chunks(bytes);
        } else {
            copy(length, bytes);
        }
        List<String> words = List.of(requestLine.split(" ", 3));
        boolean isFirst = !isUsed;
        isUsed = true;
        return new Call.Http(words.getFirst(), words.size() < 2 ? "" : words.get(1), isFirst, bytes);
    }

    private void chunks(ByteArrayOutputStream bytes) throws IOException {
        long size;
        do {
            size = number(line(bytes).split(";", 2)[0], 16);
            copy(size, bytes);
            if (size > 0) {
                line(bytes);
            }
        } while (size > 0);
        while (!line(bytes).isEmpty()) {
            // a trailer
        }
    }

    private void copy(long length, ByteArrayOutputStream bytes) throws IOException {
        if (length > MOST_BYTES - bytes.size()) {
            throw new IOException("The request is too long for the proxy");
        }
        byte[] part = in.readNBytes((int) length);
        if (part.length < length) {
            throw new EOFException("The request ends early");
        }
        bytes.writeBytes(part);
    }

    /** A line without its end. Adds no bytes when the stream has ended. */
    private String line(ByteArrayOutputStream bytes) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0 && bytes.size() == 0) {
                return "";
            }
            if (next < 0 || line.length() > MOST_LINE_BYTES || bytes.size() > MOST_BYTES) {
                throw new EOFException("The request ends early, or has no line end");
            }
            bytes.write(next);
            line.append((char) next);
        }
        bytes.write('\n');
        return line.toString().stripTrailing();
    }

    private static long number(String text, int radix) throws IOException {
        try {
            return Math.max(0, Long.parseLong(text.strip(), radix));
        } catch (NumberFormatException e) {
            throw new IOException("Not a length: " + text, e);
        }
    }
}
