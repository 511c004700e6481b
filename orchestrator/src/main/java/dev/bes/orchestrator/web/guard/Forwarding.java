package dev.bes.orchestrator.web.guard;

import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.http.HttpHeaders;

/**
 * Reads what trusted proxies say about a caller. Each proxy appends to a list, so a list is read from its end: only what the
 * nearest proxies wrote is believed, and not what the caller sent. Sources: RFC 7239, section 4; the usual headers
 * {@code X-Forwarded-*}.
 */
final class Forwarding {
    private static final Pattern PAIR =
            Pattern.compile("\\s*([A-Za-z]+)=(?:\"([^\"\\\\]*)\"|([^\\s\",;=]*))\\s*(?:;|$)");
    private static final Pattern PREFIX = Pattern.compile("(/(?!\\.{1,2}(/|$))[A-Za-z0-9._~-]+)*");
    private static final Pattern PORT = Pattern.compile("[1-9][0-9]{0,4}");
    private static final Pattern NODE = Pattern.compile("\\[([^]]+)](?::[0-9]+)?|([0-9.]+):[0-9]+");
    private static final String FORWARDED = "Forwarded";
    private static final int MAX_HOPS = 50;

    private final HttpServletRequest request;
    private final TrustedProxies proxies;
    private final Map<String, String> believed = new HashMap<>();

    private Forwarding(HttpServletRequest request, TrustedProxies proxies) {
        this.request = request;
        this.proxies = proxies;
    }

    /**
     * The headers to believe, in the form {@code X-Forwarded-For}, {@code -Host}, {@code -Proto} and {@code -Prefix}, and
     * {@code Host}.
     *
     * @throws IllegalArgumentException if the proxy said something that is not understood, or that says two things
     */
    static Map<String, String> of(HttpServletRequest request, TrustedProxies proxies) {
        Forwarding forwarding = new Forwarding(request, proxies);
        boolean standard = request.getHeader(FORWARDED) != null;
        boolean usual = Collections.list(request.getHeaderNames()).stream()
                .anyMatch(name -> name.toLowerCase(Locale.ROOT).startsWith("x-forwarded-"));
        if (standard && usual) {
            throw new IllegalArgumentException(
                    "It has both Forwarded and X-Forwarded-*; the proxy must set one of them and remove the other");
        }
        if (standard) {
            forwarding.readForwarded();
        } else {
            forwarding.readUsual();
        }
        return forwarding.believed;
    }

    private void readUsual() {
        client(list("X-Forwarded-For"));
        accept(last("X-Forwarded-Proto"), last("X-Forwarded-Host"), last("X-Forwarded-Port"));
        prefix(last("X-Forwarded-Prefix"));
    }

    /** The element of the outermost trusted proxy says who called it, and by which name. */
    private void readForwarded() {
        Map<String, String> outermost = Map.of();
        List<String> callers = new ArrayList<>();
        for (String element : list(FORWARDED).reversed()) {
            outermost = pairs(element);
            callers.addFirst(outermost.getOrDefault("for", ""));
            if (!proxies.include(address(callers.getFirst()))) {
                break;
            }
        }
        client(callers);
        accept(outermost.getOrDefault("proto", ""), outermost.getOrDefault("host", ""), "");
    }

    private static Map<String, String> pairs(String element) {
        Map<String, String> pairs = new HashMap<>();
        Matcher pair = PAIR.matcher(element);
        int end = 0;
        while (pair.find(end) && pair.start() == end && end < element.length()) {
            String value = pair.group(2) == null ? pair.group(3) : pair.group(2);
            if (pairs.put(pair.group(1).toLowerCase(Locale.ROOT), value) != null) {
                throw new IllegalArgumentException("Forwarded says '" + pair.group(1) + "' twice");
            }
            end = pair.end();
        }
        if (end < element.length()) {
            throw new IllegalArgumentException("Forwarded is not in the form of RFC 7239");
        }
        return pairs;
    }

    /** The caller is the last of the list that is no proxy of ours. */
    private void client(List<String> callers) {
        String client = "";
        for (String caller : callers.reversed()) {
            String address = address(caller);
            if (AllowedHosts.literal(address).isEmpty()) {
                break;
            }
            client = address;
            if (!proxies.include(address)) {
                break;
            }
        }
        put("X-Forwarded-For", client.contains(":") ? "[" + client + "]" : client);
    }

    /** Without the brackets of an IPv6 address, and without a port. */
    private static String address(String node) {
        Matcher parts = NODE.matcher(node);
        if (!parts.matches()) {
            return node;
        }
        return parts.group(1) == null ? parts.group(2) : parts.group(1);
    }

    private void accept(String proto, String host, String port) {
        String scheme = proto.toLowerCase(Locale.ROOT);
        if (!scheme.isEmpty() && !scheme.equals("https") && !scheme.equals("http")) {
            throw new IllegalArgumentException("The protocol is neither http nor https");
        }
        if (!port.isEmpty() && !PORT.matcher(port).matches()) {
            throw new IllegalArgumentException("X-Forwarded-Port is no port");
        }
        put("X-Forwarded-Proto", scheme);
        if (!host.isEmpty()) {
            String authority = authority(host, port, scheme.isEmpty() ? request.getScheme() : scheme);
            put("X-Forwarded-Host", authority);
            put(HttpHeaders.HOST, authority);
        }
    }

    private static String authority(String host, String port, String scheme) {
        if (!AllowedHosts.isAuthority(host)) {
            throw new IllegalArgumentException("The host is not a host");
        }
        boolean hasPort = host.matches(".*:[0-9]*");
        String whole = hasPort || port.isEmpty() ? host : host + ":" + port;
        String standardPort = scheme.equals("https") ? ":443" : ":80";
        return whole.endsWith(standardPort) ? whole.substring(0, whole.length() - standardPort.length()) : whole;
    }

    private void prefix(String text) {
        String prefix = text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
        if (!PREFIX.matcher(prefix).matches()) {
            throw new IllegalArgumentException("X-Forwarded-Prefix is not a path of plain segments, such as /scoring");
        }
        put("X-Forwarded-Prefix", prefix);
    }

    private void put(String name, String value) {
        if (!value.isEmpty()) {
            believed.put(name, value);
        }
    }

    private String last(String header) {
        List<String> values = list(header);
        return values.isEmpty() ? "" : values.getLast();
    }

    /** All values of all headers of that name, in their order. */
    private List<String> list(String header) {
        List<String> values = Collections.list(request.getHeaders(header)).stream()
                // a comma in quotes has no place in what is read here
                .flatMap(value -> Arrays.stream(value.split(",", -1)))
                .map(String::strip)
                .toList();
        if (values.size() > MAX_HOPS) {
            throw new IllegalArgumentException(header + " names more than " + MAX_HOPS + " proxies");
        }
        return values;
    }
}
