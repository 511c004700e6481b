package dev.bes.orchestrator.callback;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A network of IP addresses.
 *
 * @param first its first address
 * @param prefix how many leading bits its addresses share
 */
record Network(InetAddress first, int prefix) {
    private static final Pattern FORM = Pattern.compile("([0-9.]{7,15}|[0-9a-f:.]*:[0-9a-f:.]*)/([0-9]{1,3})");

    // source: the registries of special-purpose addresses of IANA (RFC 6890), multicast, and the platform address of
    // Azure
    private static final List<Network> NOT_PUBLIC = Stream.of(
                    "0.0.0.0/8",
                    "10.0.0.0/8",
                    "100.64.0.0/10",
                    "127.0.0.0/8",
                    "168.63.129.16/32",
                    "169.254.0.0/16",
                    "172.16.0.0/12",
                    "192.0.0.0/24",
                    "192.0.2.0/24",
                    "192.88.99.0/24",
                    "192.168.0.0/16",
                    "198.18.0.0/15",
                    "198.51.100.0/24",
                    "203.0.113.0/24",
                    "224.0.0.0/4",
                    "240.0.0.0/4",
                    "2001::/23",
                    "2001:db8::/32",
                    "2002::/16",
                    "3fff::/20")
            .map(Network::of)
            .toList();

    // all other IPv6 addresses are local, multicast, translated to IPv4, or not given to anybody
    private static final Network PUBLIC_IPV6 = of("2000::/3");

    /**
     * Reads a network.
     *
     * @throws IllegalArgumentException if it is none
     */
    static Network of(String text) {
        var parts = FORM.matcher(text);
        if (!parts.matches()) {
            throw new IllegalArgumentException("is not a network such as 10.20.0.0/16: '" + text + "'");
        }
        try {
            Network network = new Network(InetAddress.ofLiteral(parts.group(1)), Integer.parseInt(parts.group(2)));
            if (network.prefix <= network.first.getAddress().length * Byte.SIZE) {
                return network;
            }
        } catch (IllegalArgumentException _) {
            // told below
        }
        throw new IllegalArgumentException("is not a network such as 10.20.0.0/16: '" + text + "'");
    }

    /** Whether an address of the internet; not one of this machine, of a private network, of a cloud's metadata, or multicast. */
    static boolean isPublic(InetAddress address) {
        InetAddress plain = plain(address);
        return NOT_PUBLIC.stream().noneMatch(network -> network.contains(plain))
                && (plain.getAddress().length == 4 || PUBLIC_IPV6.contains(plain));
    }

    /** Whether the address lies in it. */
    boolean contains(InetAddress address) {
        byte[] one = first.getAddress();
        byte[] other = plain(address).getAddress();
        if (one.length != other.length) {
            return false;
        }
        for (int bit = 0; bit < prefix; bit++) {
            int mask = 0x80 >> bit % Byte.SIZE;
            if (((one[bit / Byte.SIZE] ^ other[bit / Byte.SIZE]) & mask) != 0) {
                return false;
            }
        }
        return true;
    }

    /** Without a zone and without the form in which IPv6 writes IPv4. */
    private static InetAddress plain(InetAddress address) {
        try {
            return InetAddress.getByAddress(address.getAddress());
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }
}
