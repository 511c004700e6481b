package dev.bes.sandbox.samples;

import static java.util.function.Predicate.not;

import java.net.URI;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The call that a code sample makes. Line ends of the body become line feeds. Headers that an HTTP client sets by itself
 * (such as {@code Host} and {@code Content-Length}) are left out, and so are headers without a value, and headers of a body
 * when there is none. A body without a {@code Content-Type} is JSON.
 *
 * @param method GET, POST, PUT, PATCH or DELETE
 * @param url an absolute address, http or https
 * @param headers names and values, in the order in which the sample shows them
 * @param body the text that is sent as UTF-8; empty for no body
 */
public record SampleCall(String method, URI url, Map<String, String> headers, String body) {

    /** How many characters the address, a header and the body may have each; a Java string constant takes 65,535 bytes. */
    public static final int MOST_CHARACTERS = 20_000;

    private static final List<String> METHODS = List.of("GET", "POST", "PUT", "PATCH", "DELETE");
    private static final List<String> OF_THE_CLIENT =
            List.of("host", "content-length", "connection", "expect", "transfer-encoding", "upgrade", "te", "trailer");
    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]+");
    private static final Pattern VALUE = Pattern.compile("[\\x20-\\x7e]*");

    /** @throws IllegalArgumentException when a part cannot be shown in every language; the message says which and why */
    public SampleCall {
        check(METHODS.contains(method), "The method must be one of " + METHODS + ", not: " + method);
        url = URI.create(url.toASCIIString());
        check(isWeb(url), "The address must start with http:// or https:// and name a host");
        check(url.toString().length() <= MOST_CHARACTERS, "The address is longer than 20,000 characters");
        body = body.replace("\r\n", "\n").replace('\r', '\n');
        check(body.length() <= MOST_CHARACTERS, "The body is longer than 20,000 characters");
        check(
                body.codePoints().allMatch(SampleCall::fits),
                "The body has a control character other than tab and line end, or half a character");
        check(body.isEmpty() || !method.equals("GET"), "A GET has no body");
        headers = Collections.unmodifiableMap(shown(headers, !body.isEmpty()));
    }

    /** Whether the call has a body. */
    public boolean hasBody() {
        return !body.isEmpty();
    }

    /** Whether the call says that its body is empty: a POST, PUT or PATCH without a length is refused by some servers. */
    boolean hasEmptyBody() {
        return body.isEmpty() && !method.equals("GET") && !method.equals("DELETE");
    }

    private static boolean fits(int character) {
        return character == '\n'
                || character == '\t'
                || (!Character.isISOControl(character) && Character.getType(character) != Character.SURROGATE);
    }

    private static boolean isWeb(URI url) {
        return ("http".equals(url.getScheme()) || "https".equals(url.getScheme())) && url.getHost() != null;
    }

    private static Map<String, String> shown(Map<String, String> headers, boolean withBody) {
        Map<String, String> shown = new LinkedHashMap<>();
        headers.forEach((name, value) -> {
            check(TOKEN.matcher(name).matches(), "This is no name of a header: " + name);
            check(VALUE.matcher(value).matches(), "The header " + name + " may hold visible ASCII characters only");
            check(value.length() <= MOST_CHARACTERS, "The header " + name + " is longer than 20,000 characters");
            boolean said = !value.isBlank() && (withBody || !isOfBody(name));
            if (said && !OF_THE_CLIENT.contains(lower(name))) {
                shown.put(name, value.strip());
            }
        });
        if (withBody && shown.keySet().stream().map(SampleCall::lower).allMatch(not("content-type"::equals))) {
            shown.put("Content-Type", "application/json");
        }
        return shown;
    }

    /** Whether a header describes the body. */
    static boolean isOfBody(String header) {
        return lower(header).startsWith("content-");
    }

    private static String lower(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    private static void check(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
