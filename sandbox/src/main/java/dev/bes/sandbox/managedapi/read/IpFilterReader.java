package dev.bes.sandbox.managedapi.read;

import dev.bes.sandbox.managedapi.Policy;
import dev.bes.sandbox.managedapi.Policy.AddressRange;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Reads {@code <ip-filter>}. */
final class IpFilterReader {

    private IpFilterReader() {}

    static Optional<Policy> read(XmlElement at) {
        at.allow("action");
        Optional<String> action = at.require("action");
        action.filter(it -> !it.equals("allow") && !it.equals("forbid"))
                .ifPresent(it -> at.report("action", "unknown action '" + it + "'", "write allow or forbid"));
        List<AddressRange> ranges = new ArrayList<>();
        at.children().forEach(child -> range(child).ifPresent(ranges::add));
        if (at.children().isEmpty()) {
            at.report("<ip-filter> without an address", "add <address> or <address-range from=\"…\" to=\"…\"/>");
        }
        return action.map(it -> new Policy.IpFilter(it.equals("allow"), List.copyOf(ranges)));
    }

    private static Optional<AddressRange> range(XmlElement at) {
        switch (at.name()) {
            case "address" -> {
                at.allow();
                return address(at, at.text()).map(it -> new AddressRange(it, it));
            }
            case "address-range" -> {
                at.allow("from", "to");
                PolicyElements.isEmpty(at);
                Optional<InetAddress> from = at.require("from").flatMap(it -> address(at, it));
                Optional<InetAddress> to = at.require("to").flatMap(it -> address(at, it));
                return from.flatMap(first -> to.flatMap(last -> range(at, first, last)));
            }
            default -> at.report(at + " in <ip-filter>", "write <address> or <address-range>");
        }
        return Optional.empty();
    }

    private static Optional<AddressRange> range(XmlElement at, InetAddress from, InetAddress to) {
        byte[] first = from.getAddress();
        byte[] last = to.getAddress();
        if (first.length != last.length || Arrays.compareUnsigned(first, last) > 0) {
            at.report("the range does not lead from a lower to a higher address", "swap from and to");
            return Optional.empty();
        }
        return Optional.of(new AddressRange(from, to));
    }

    private static Optional<InetAddress> address(XmlElement at, String text) {
        try {
            return Optional.of(InetAddress.ofLiteral(text));
        } catch (IllegalArgumentException e) {
            at.report("'" + text + "' is no IP address", "write it in digits, as 10.1.2.3; names are not looked up");
            return Optional.empty();
        }
    }
}
