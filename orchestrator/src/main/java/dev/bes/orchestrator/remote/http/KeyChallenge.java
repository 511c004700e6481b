package dev.bes.orchestrator.remote.http;

import java.net.http.HttpHeaders;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The place where the gateway expects its key. Source: API Management's WWW-Authenticate of a 401.
 *
 * @param name the header or query parameter; empty if the gateway does not name it
 * @param inQuery whether it is a query parameter
 */
public record KeyChallenge(String name, boolean inQuery) {

    private static final Pattern GATEWAY = Pattern.compile("(?i)(?:^|[\\s,])AzureApiManagementKey\\b(.*)");
    private static final Pattern NAME = parameter("name", "[A-Za-z0-9_.-]{1,64}");
    private static final Pattern TYPE = parameter("type", "[a-z]{1,16}");

    /** Schemes that only a proxy or a web server uses, and neither the gateway nor the service. */
    private static final Pattern OF_HOP = Pattern.compile("(?i)(?:^|[\\s,])(?:Basic|NTLM|Negotiate|Digest)\\b.*");

    private static Pattern parameter(String name, String value) {
        return Pattern.compile("(?i)(?:^|[\\s,])" + name + "\\s*=\\s*\"?(" + value + ")(?=[\"\\s,]|$)");
    }

    /** The challenge of the gateway, among all challenges of the answer; null if there is none. */
    public static @Nullable KeyChallenge of(HttpHeaders headers) {
        for (String challenge : all(headers)) {
            Matcher gateway = GATEWAY.matcher(challenge);
            if (gateway.find()) {
                String text = gateway.group(1);
                return new KeyChallenge(
                        first(NAME, text),
                        first(TYPE, text).toLowerCase(Locale.ROOT).equals("query"));
            }
        }
        return null;
    }

    /** Whether a proxy or a web server asks for a sign-in. */
    public static boolean isOfHop(HttpHeaders headers) {
        return all(headers).stream()
                .anyMatch(challenge -> OF_HOP.matcher(challenge).find());
    }

    /** Whether a bearer token is requested. */
    public static boolean isForBearer(HttpHeaders headers) {
        return all(headers).stream()
                .anyMatch(challenge -> challenge.toLowerCase(Locale.ROOT).contains("bearer"));
    }

    /** Whether the gateway expects the key elsewhere than in this header. */
    public boolean expectsOtherThan(String header) {
        return inQuery || (!name.isEmpty() && !name.equalsIgnoreCase(header));
    }

    private static String first(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        return matcher.find() ? matcher.group(1) : "";
    }

    private static List<String> all(HttpHeaders headers) {
        return headers.allValues("WWW-Authenticate");
    }
}
