package dev.bes.sandbox.portal;

import dev.bes.sandbox.http.Request;
import java.util.Map;
import java.util.Optional;

/**
 * A request that has passed the checks of the portal.
 *
 * @param variables the values of the variables in the route's path
 * @param form the fields of a form in the order in which they were sent, the first value of each; empty for a GET
 */
public record PageRequest(Request request, Map<String, String> variables, Map<String, String> form) {

    /**
     * The value of a variable of the route's path.
     *
     * @throws IllegalArgumentException when the path has no such variable
     */
    public String variable(String name) {
        String value = variables.get(name);
        if (value == null) {
            throw new IllegalArgumentException("The route has no variable " + name);
        }
        return value;
    }

    /** The value of a query parameter, if there is one. */
    public Optional<String> query(String name) {
        return request.query(name);
    }

    /** Whether the script of a page sent it: it swaps a part of the page, and needs no more. Source: htmx, request headers. */
    public boolean byScript() {
        return request.header("HX-Request").isPresent();
    }

    /** The value of a field of the form; empty if it was not sent. */
    public String field(String name) {
        return form.getOrDefault(name, "");
    }
}
