package dev.bes.orchestrator.text;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The address of a call over HTTP that somebody else wrote. It is read strictly: what other programs may read in another way, such as
 * {@code https://good@evil}, numbers that stand for an IPv4 address, or backslashes, is refused.
 *
 * @param secure whether it begins with {@code https}
 * @param host name or address in lower case; an IPv6 address without its brackets
 * @param port the port, the usual one of the scheme if the text names none
 * @param target path and query, at least {@code /}
 */
public record HttpAddress(boolean secure, String host, int port, String target) {
    /** How many characters an address may have. */
    public static final int LONGEST = 1_000;

    private static final Pattern VISIBLE = Pattern.compile("[!-~]+");
    private static final Pattern NAME =
            Pattern.compile("[a-z0-9]([a-z0-9-]*[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*");
    private static final Pattern ENDS_IN_NUMBER = Pattern.compile("(.*\\.)?([0-9]+|0x[0-9a-f]*)");
    private static final String BYTE = "(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])";
    private static final Pattern IPV4 = Pattern.compile(BYTE + "(\\." + BYTE + "){3}");
    private static final int MOST_PORT = 65_535;

    /**
     * Reads an address.
     *
     * @throws IllegalArgumentException if it is none; the message continues a sentence that begins with it
     */
    public static HttpAddress of(String text) {
        if (text.length() > LONGEST || !VISIBLE.matcher(text).matches()) {
            throw new IllegalArgumentException("must have 1 to %d visible ASCII characters".formatted(LONGEST));
        }
        URI uri = uri(text);
        String host = uri.getHost();
        if (uri.getRawFragment() != null) {
            throw new IllegalArgumentException("must have no fragment ('#…')");
        }
        if (uri.getRawUserInfo() != null) {
            throw new IllegalArgumentException("must have no user or password in front of the host");
        }
        if (host == null || !isHost(host.toLowerCase(Locale.ROOT)) || uri.getPort() == 0 || uri.getPort() > MOST_PORT) {
            throw new IllegalArgumentException("must name a host, such as https://hooks.example.com/done");
        }
        boolean secure = text.startsWith("https:");
        String query = uri.getRawQuery();
        String path = uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        return new HttpAddress(
                secure,
                host.toLowerCase(Locale.ROOT).replaceAll("[\\[\\]]", ""),
                uri.getPort() > 0 ? uri.getPort() : secure ? 443 : 80,
                query == null ? path : path + "?" + query);
    }

    /** What is wrong with an address; continues a sentence that begins with it. Empty if it is one. */
    public static Optional<String> mistake(String text) {
        try {
            of(text);
            return Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    private static URI uri(String text) {
        if (!text.startsWith("https://") && !text.startsWith("http://")) {
            throw new IllegalArgumentException("must begin with https:// or http://");
        }
        try {
            return new URI(text);
        } catch (URISyntaxException _) {
            throw new IllegalArgumentException("is not a URL");
        }
    }

    private static boolean isHost(String host) {
        if (host.startsWith("[")) {
            // a zone is a name of this machine's
            return !host.contains("%");
        }
        return ENDS_IN_NUMBER.matcher(host).matches()
                ? IPV4.matcher(host).matches()
                : NAME.matcher(host).matches();
    }

    /** Whether the host is an IP address. */
    public boolean isLiteral() {
        return host.contains(":") || IPV4.matcher(host).matches();
    }

    /** Host and port as the header {@code Host} has them. */
    public String authority() {
        String shown = host.contains(":") ? "[" + host + "]" : host;
        return port == (secure ? 443 : 80) ? shown : shown + ":" + port;
    }

    /** The address without its query, which may hold secrets. */
    public String shown() {
        int query = target.indexOf('?');
        return (secure ? "https://" : "http://")
                + authority()
                + (query < 0 ? target : target.substring(0, query) + "?…");
    }
}
