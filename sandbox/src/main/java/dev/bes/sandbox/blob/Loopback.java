package dev.bes.sandbox.blob;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.Optional;

/** Says which hosts of a URL are this machine. A name never is: what it resolves to is not ours to say. */
final class Loopback {

    private Loopback() {}

    /**
     * The address that a host is, as a literal for a URL; empty unless it is an address of the loopback interface.
     * {@code localhost} is taken for 127.0.0.1 without a look-up. Short, octal, decimal and hexadecimal forms are not
     * taken: programs differ on what they mean.
     *
     * @param host the host of a URL, an IPv6 address in its brackets
     */
    static Optional<String> literal(String host) {
        if (host.equalsIgnoreCase("localhost")) {
            return Optional.of("127.0.0.1");
        }
        boolean bracketed = host.startsWith("[") && host.endsWith("]");
        return parse(bracketed ? host.substring(1, host.length() - 1) : host)
                .filter(InetAddress::isLoopbackAddress)
                .flatMap(address -> text(address, host, bracketed));
    }

    private static Optional<InetAddress> parse(String literal) {
        try {
            return literal.contains("%") ? Optional.empty() : Optional.of(InetAddress.ofLiteral(literal));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Optional<String> text(InetAddress address, String host, boolean bracketed) {
        String text = address.getHostAddress();
        if (address instanceof Inet4Address) {
            return bracketed || text.equals(host) ? Optional.of(text) : Optional.empty();
        }
        return bracketed ? Optional.of("[" + text + "]") : Optional.empty();
    }
}
