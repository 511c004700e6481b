package dev.bes.orchestrator.web.guard;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import org.springframework.security.web.util.matcher.IpAddressMatcher;

/** The proxies in front of this service whose word about a caller is believed. */
final class TrustedProxies {
    private final List<IpAddressMatcher> networks;

    /**
     * Parses the setting {@code orchestrator.web.trusted-proxies}.
     *
     * @throws IllegalArgumentException if one of them is neither an address nor a network, or is every network
     */
    TrustedProxies(List<String> networks) {
        this.networks = networks.stream().map(TrustedProxies::network).toList();
    }

    private static IpAddressMatcher network(String text) {
        String address = text.contains("/") ? text.substring(0, text.indexOf('/')) : text;
        try {
            if (AllowedHosts.literal(address).isEmpty() || !text.matches("[^/]+(/[1-9][0-9]{0,2})?")) {
                throw new IllegalArgumentException();
            }
            return new IpAddressMatcher(text);
        } catch (IllegalArgumentException _) {
            throw new IllegalArgumentException(
                    "orchestrator.web.trusted-proxies holds '%s': list addresses and networks, such as 10.1.2.3 or 10.1.0.0/16; not all of them"
                            .formatted(text));
        }
    }

    /** Whether a connection from this address comes from one of them. */
    boolean include(String address) {
        Optional<InetAddress> literal = AllowedHosts.literal(address);
        return literal.isPresent()
                && networks.stream()
                        .anyMatch(network -> network.matches(literal.get().getHostAddress()));
    }
}
