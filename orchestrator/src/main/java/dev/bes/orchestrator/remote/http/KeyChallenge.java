package dev.bes.orchestrator.remote.http;

import java.net.http.HttpHeaders;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where the gateway says that it looks for its key. Source: API Management's WWW-Authenticate of a 401.
 *
 * @param name the header or query parameter; empty if it is not told
 * @param inQuery whether it is a query parameter
 */
public record KeyChallenge(String name, boolean inQuery) {

    private static final Pattern GATEWAY = Pattern.compile("(?i)(?:^|[\\s,])AzureApiManagementKey\\b(.*)");
    private static final Pattern NAME = parameter("name", "[A-Za-z0-9_.-]{1,64}");
    private static final Pattern TYPE = parameter("type", "[a-z]{1,16}");

    /** Schemes by which a proxy or a web server asks for a sign-in, and neither the gateway nor the service. */
    private static final Pattern OF_HOP = Pattern.compile("(?i)(?:^|[\\s,])(?:Basic|NTLM|Negotiate|Digest)\\b.*");

    private static Pattern parameter(String name, String value) {
        return Pattern.compile("(?i)(?:^|[\\s,])" + name + "\\s*=\\s*\"?(" + value + ")(?=[\"\\s,]|$)");
    }

    /** What the gateway says, among whatever others may say; null if it says nothing. */
    public static @Nullable KeyChallenge of(HttpHeaders headers) {
        for (String challenge : all(headers)) {
            Matcher gateway = GATEWAY.matcher(challenge);
            if (gateway.find()) {
                String said = gateway.group(1);
                return new KeyChallenge(
                        first(NAME, said),
                        first(TYPE, said).toLowerCase(Locale.ROOT).equals("query"));
            }
        }
        return null;
    }

    /** Whether a proxy or a web server asks for a sign-in. */
    public static boolean isOfHop(HttpHeaders headers) {
        return all(headers).stream()
                .anyMatch(challenge -> OF_HOP.matcher(challenge).find());
    }

    /** Whether anybody asks for a bearer token. */
    public static boolean isForBearer(HttpHeaders headers) {
        return all(headers).stream()
                .anyMatch(challenge -> challenge.toLowerCase(Locale.ROOT).contains("bearer"));
    }

    /** Whether it looks elsewhere than in this header. */
    public boolean isElsewhere(String header) {
        return inQuery || (!name.isEmpty() && !name.equalsIgnoreCase(header));
    }

    private static String first(Pattern pattern, String said) {
        Matcher matcher = pattern.matcher(said);
        return matcher.find() ? matcher.group(1) : "";
    }

    private static List<String> all(HttpHeaders headers) {
        return headers.allValues("WWW-Authenticate");
    }
}
