package dev.bes.orchestrator.web.guard;

import java.net.InetAddress;
import java.util.Collection;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The hosts by which callers may name this service. A name that any DNS can point here would make a foreign page and
 * this service one site to a browser. Source of the forms: RFC 9110, section 7.2; RFC 3986, section 3.2.2.
 */
final class AllowedHosts {
    private static final Pattern AUTHORITY = Pattern.compile("(\\[[0-9A-Fa-f:.]+]|[^:\\[\\]]+)(?::[0-9]{0,5})?");
    private static final String NUMBER = "(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])";
    private static final Pattern V4 = Pattern.compile(NUMBER + "(\\." + NUMBER + "){3}");
    private static final Pattern NAME = Pattern.compile("(?=.*[a-z_-])[a-z0-9_-]+(\\.[a-z0-9_-]+)*\\.?");
    private static final String LOCALHOST = "localhost";

    private final Set<String> configured;

    AllowedHosts(Collection<String> configured) {
        this.configured = configured.stream()
                .map(AllowedHosts::plain)
                .flatMap(Optional::stream)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Whether the text is the name or the address of a host, and nothing more. */
    static boolean isHost(String text) {
        return plain(text).isPresent();
    }

    /** Whether the text is a host, with or without a port. */
    static boolean isAuthority(String text) {
        Matcher parts = AUTHORITY.matcher(text);
        return parts.matches() && isHost(parts.group(1));
    }

    /** The address that the text writes out; nothing, if it is none. A name is never looked up. */
    static Optional<InetAddress> literal(String text) {
        return plain(text).filter(AllowedHosts::isAddress).map(AllowedHosts::address);
    }

    /**
     * Whether a request may name this service so.
     *
     * @param authority what its {@code Host} header says, port included
     * @param arrivedAt the address of ours that the request came to
     */
    boolean allow(String authority, String arrivedAt) {
        Matcher parts = AUTHORITY.matcher(authority);
        if (!parts.matches()) {
            return false;
        }
        // an address that this machine has, and the caller reached us by, is no name that leads somewhere else tomorrow
        Predicate<String> isOurs = host -> host.equals(LOCALHOST)
                || configured.contains(host)
                || (isAddress(host)
                        && (address(host).isLoopbackAddress()
                                || plain(arrivedAt).filter(host::equals).isPresent()));
        return plain(parts.group(1)).filter(isOurs).isPresent();
    }

    /** The host in the one form that it is compared by; nothing, if it is none. */
    private static Optional<String> plain(String text) {
        String host = text.toLowerCase(Locale.ROOT);
        if (host.contains(":")) {
            return v6(host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host);
        }
        if (V4.matcher(host).matches()) {
            return Optional.of(host);
        }
        return Stream.of(host)
                .filter(name -> NAME.matcher(name).matches())
                .map(name -> name.endsWith(".") ? name.substring(0, name.length() - 1) : name)
                .findFirst();
    }

    private static Optional<String> v6(String host) {
        try {
            // a zone is no part of an address in a request
            return host.contains("%")
                    ? Optional.empty()
                    : Optional.of(InetAddress.ofLiteral(host).getHostAddress());
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static boolean isAddress(String plain) {
        return plain.contains(":") || V4.matcher(plain).matches();
    }

    private static InetAddress address(String plain) {
        return InetAddress.ofLiteral(plain);
    }
}
