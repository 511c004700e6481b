package dev.bes.sandbox.http;

import com.sun.net.httpserver.Headers;
import java.util.Map;
import java.util.Optional;

/**
 * One HTTP request, read to its end.
 *
 * @param path the raw path, starting with a slash
 * @param query the decoded query parameters, the first value of each name
 * @param body the body as UTF-8, whatever the request's headers claim: public clients send a bogus
 *     {@code Content-Encoding: UTF-8}
 */
public record Request(String method, String path, Map<String, String> query, Headers headers, String body) {

    /** The first value of a header, if the request has it. */
    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.getFirst(name));
    }

    /** The value of a query parameter, if the request has it. */
    public Optional<String> query(String name) {
        return Optional.ofNullable(query.get(name));
    }

    /** The address the caller used: host and port. */
    public String host() {
        return header("Host").orElse("localhost");
    }

    /** The same request as seen by what is mounted below a path prefix. */
    public Request below(String prefix) {
        return new Request(method, path.substring(prefix.length()), query, headers, body);
    }
}
