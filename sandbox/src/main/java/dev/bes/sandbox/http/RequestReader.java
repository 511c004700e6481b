package dev.bes.sandbox.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.net.http.HttpHeaders;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.io.Content;
import org.jspecify.annotations.Nullable;

/** Reads requests off the wire. */
final class RequestReader {

    /** No source has a limit for the service. API Management takes 1 GiB, more than a memory should be asked to hold. */
    static final int MOST_BODY_BYTES = 64 << 20;

    private static final Pattern DOT_SEGMENT = Pattern.compile("/\\.{1,2}(/|;|$)");

    /** Letters, digits, {@code -}, {@code .}, {@code _} and {@code ~}. */
    private static final Pattern ESCAPED_UNRESERVED =
            Pattern.compile("%(2[DEde]|3[0-9]|4[1-9A-Fa-f]|5[0-9AFaf]|6[1-9A-Fa-f]|7[0-9AEae])");

    private RequestReader() {}

    /**
     * Reads a request to its end.
     *
     * @throws HttpException.RuntimeException with the status of the refusal
     * @throws IOException when the body ends too early, or its chunks are not well-formed
     */
    static Request read(org.eclipse.jetty.server.Request wire) throws IOException {
        HttpURI address = wire.getHttpURI();
        String path = path(wire.getMethod(), address.getPath());
        return new Request(
                address.getScheme(), wire.getMethod(), path, query(address.getQuery()), headers(wire), body(wire));
    }

    /**
     * A path with dot segments means another one, and clients resolve them. Escapes that no sign needs make no difference.
     * Sources: RFC 3986, sections 5.2.4 and 6.2.2.2.
     */
    private static String path(String method, @Nullable String path) {
        if (path == null || !path.startsWith("/") || HttpMethod.CONNECT.is(method)) {
            throw new HttpException.RuntimeException(HttpStatus.NOT_IMPLEMENTED_501, "the request needs a path");
        }
        if (DOT_SEGMENT.matcher(path).find()) {
            throw new HttpException.RuntimeException(HttpStatus.BAD_REQUEST_400, "the path has a segment of dots");
        }
        return path.indexOf('%') < 0
                ? path
                : ESCAPED_UNRESERVED
                        .matcher(path)
                        .replaceAll(escape ->
                                Matcher.quoteReplacement(String.valueOf((char) Integer.parseInt(escape.group(1), 16))));
    }

    private static String body(org.eclipse.jetty.server.Request wire) throws IOException {
        checkSize(wire.getLength());
        try (InputStream content = Content.Source.asInputStream(wire)) {
            byte[] body = content.readNBytes(MOST_BODY_BYTES + 1);
            checkSize(body.length);
            String text = new String(body, UTF_8);
            return text.startsWith("\uFEFF") ? text.substring(1) : text;
        }
    }

    private static void checkSize(long bytes) {
        if (bytes > MOST_BODY_BYTES) {
            throw new HttpException.RuntimeException(
                    HttpStatus.PAYLOAD_TOO_LARGE_413, "a body may have " + MOST_BODY_BYTES + " bytes");
        }
    }

    /** The host of an absolute URL replaces the header. Source: RFC 9112, section 3.2.2. */
    private static HttpHeaders headers(org.eclipse.jetty.server.Request wire) {
        Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (HttpField field : wire.getHeaders()) {
            headers.computeIfAbsent(field.getName(), name -> new ArrayList<>(1)).add(field.getValue());
        }
        if (wire.getHttpURI().isAbsolute()) {
            headers.put("Host", List.of(wire.getHttpURI().getAuthority()));
        }
        return HttpHeaders.of(headers, (name, value) -> true);
    }

    private static Map<String, String> query(@Nullable String raw) {
        Map<String, String> query = new LinkedHashMap<>();
        for (String pair : raw == null ? new String[0] : raw.split("&", -1)) {
            int equals = pair.indexOf('=');
            String name = equals < 0 ? pair : pair.substring(0, equals);
            String value = equals < 0 ? "" : pair.substring(equals + 1);
            query.putIfAbsent(decode(name), decode(value));
        }
        return query;
    }

    private static String decode(String text) {
        try {
            return URLDecoder.decode(text, UTF_8);
        } catch (IllegalArgumentException e) {
            throw new HttpException.RuntimeException(
                    HttpStatus.BAD_REQUEST_400, "a percent sign in the query needs two hexadecimal digits", e);
        }
    }
}
