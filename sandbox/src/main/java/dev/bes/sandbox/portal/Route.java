package dev.bes.sandbox.portal;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * An address of the portal.
 *
 * @param method {@code GET} or {@code POST}
 * @param template the path; a segment in braces is a variable, as in {@code /portal/services/{id}}
 */
public record Route(String method, String template, Page page) {

    /** A page that changes nothing. */
    public static Route get(String template, Page page) {
        return new Route("GET", template, page);
    }

    /** An action, asked for by a form of a page. */
    public static Route post(String template, Page page) {
        return new Route("POST", template, page);
    }

    /** The values of the variables, decoded; nothing if the path is not of this route. */
    Optional<Map<String, String>> match(String path) {
        String[] wanted = template.split("/", -1);
        String[] given = path.split("/", -1);
        if (wanted.length != given.length) {
            return Optional.empty();
        }
        Map<String, String> variables = new LinkedHashMap<>();
        for (int i = 0; i < wanted.length; i++) {
            if (wanted[i].startsWith("{") && !given[i].isEmpty()) {
                variables.put(name(wanted[i]), decoded(given[i]));
            } else if (!wanted[i].equals(given[i])) {
                return Optional.empty();
            }
        }
        return Optional.of(variables);
    }

    private static String name(String segment) {
        return segment.substring(1, segment.length() - 1);
    }

    /** A plus is a plus in a path. */
    private static String decoded(String segment) {
        try {
            return URLDecoder.decode(segment.replace("+", "%2B"), UTF_8);
        } catch (IllegalArgumentException e) {
            throw PageError.badRequest("The address has a % that two hexadecimal digits do not follow.");
        }
    }
}
