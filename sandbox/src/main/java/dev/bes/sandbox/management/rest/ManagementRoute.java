package dev.bes.sandbox.management.rest;

import dev.bes.sandbox.http.Reply;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * One operation of the REST API.
 *
 * @param template the path below the address of the service; a segment in braces is a variable, as in
 *     {@code /subscriptions/{sid}}
 */
public record ManagementRoute(String method, String template, Function<ManagementRequest, Reply> action) {

    /** The values of the variables; nothing if the path is not of this route. */
    Optional<Map<String, String>> match(String path) {
        String[] wanted = template.split("/", -1);
        String[] given = path.split("/", -1);
        if (wanted.length != given.length) {
            return Optional.empty();
        }
        Map<String, String> variables = new LinkedHashMap<>();
        for (int i = 0; i < wanted.length; i++) {
            if (wanted[i].startsWith("{")) {
                variables.put(wanted[i].substring(1, wanted[i].length() - 1), given[i]);
            } else if (!wanted[i].equalsIgnoreCase(given[i])) {
                return Optional.empty();
            }
        }
        return Optional.of(variables);
    }
}
