package dev.bes.sandbox.http;

import java.net.http.HttpHeaders;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One HTTP request, read to its end.
 *
 * @param scheme {@code http} or {@code https}
 * @param path the raw path, starting with a slash
 * @param query the decoded query parameters, the first value of each name
 * @param body the body as UTF-8, whatever the request's headers claim: public clients send a bogus
 *     {@code Content-Encoding: UTF-8}
 */
public record Request(
        String scheme, String method, String path, Map<String, String> query, HttpHeaders headers, String body) {

    /** The first value of a header, if the request has it. */
    public Optional<String> header(String name) {
        return headers.firstValue(name);
    }

    /** The value of a query parameter, if the request has it. */
    public Optional<String> query(String name) {
        return Optional.ofNullable(query.get(name));
    }

    /** The address that the caller used: host and port. */
    public String host() {
        return header("Host").orElse("localhost");
    }

    /** The address that the caller used, with its scheme and without a slash at its end. */
    public String origin() {
        return scheme + "://" + host();
    }

    /** The same request with this value of a header, or without the header. */
    public Request withHeader(String name, Optional<String> value) {
        Map<String, List<String>> changed = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        changed.putAll(headers.map());
        changed.remove(name);
        value.ifPresent(it -> changed.put(name, List.of(it)));
        return new Request(scheme, method, path, query, HttpHeaders.of(changed, (header, text) -> true), body);
    }

    /** The same request, whose query parameters are found whatever the case of their names. */
    public Request withQueryInAnyCase() {
        Map<String, String> any = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        query.forEach(any::putIfAbsent);
        return new Request(scheme, method, path, any, headers, body);
    }

    /** The same request with a path prefix. */
    public Request above(String prefix) {
        return new Request(scheme, method, prefix + path, query, headers, body);
    }

    /** The same request as seen by what is mounted below a path prefix. */
    public Request below(String prefix) {
        return new Request(scheme, method, path.substring(prefix.length()), query, headers, body);
    }
}
