package dev.bes.sandbox.portal;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.bes.sandbox.http.Request;
import java.net.URLDecoder;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Reads the fields of a form. Source: URL Standard, application/x-www-form-urlencoded parsing. */
final class FormReader {

    static final int MOST_BYTES = 4 << 20;
    static final int MOST_FIELDS = 2_000;

    private static final String TYPE = "application/x-www-form-urlencoded";

    private FormReader() {}

    /**
     * The fields in their order, the first value of each name.
     *
     * @throws PageError when the body is no form, or too large
     */
    static Map<String, String> read(Request request) {
        String body = request.body();
        if (body.length() > MOST_BYTES) {
            throw new PageError(413, "Content too large", "A form may have at most 4 MB.");
        }
        String type = request.header("Content-Type").orElse(TYPE).toLowerCase(Locale.ROOT);
        if (!type.split(";", 2)[0].strip().equals(TYPE)) {
            throw new PageError(415, "Unsupported media type", "Send a form as " + TYPE + ".");
        }
        return fields(body);
    }

    private static Map<String, String> fields(String body) {
        Map<String, String> fields = new LinkedHashMap<>();
        for (String pair : body.isEmpty() ? new String[0] : body.split("&", MOST_FIELDS + 1)) {
            if (fields.size() == MOST_FIELDS) {
                throw new PageError(413, "Content too large", "A form may have at most " + MOST_FIELDS + " fields.");
            }
            int equals = pair.indexOf('=');
            String name = equals < 0 ? pair : pair.substring(0, equals);
            fields.putIfAbsent(decoded(name), equals < 0 ? "" : decoded(pair.substring(equals + 1)));
        }
        return fields;
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, UTF_8);
        } catch (IllegalArgumentException e) {
            throw PageError.badRequest("A field of the form has a % that two hexadecimal digits do not follow.");
        }
    }
}
