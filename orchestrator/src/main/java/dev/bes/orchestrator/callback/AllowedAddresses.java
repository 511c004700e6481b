package dev.bes.orchestrator.callback;

import dev.bes.orchestrator.remote.InvalidSetting;
import dev.bes.orchestrator.text.HttpAddress;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/** Which addresses may be called: by their text when a request names one, by what their name resolves to at each call. */
@Component
public class AllowedAddresses {
    private static final Pattern ENTRY = Pattern.compile("https?://(\\*\\.)?([^/?#@*]+)/?");

    private final List<Entry> entries;
    private final List<Network> networks;
    private final Lookup lookup;

    @Autowired
    AllowedAddresses(CallbackSettings settings) {
        this(settings, InetAddress::getAllByName);
    }

    AllowedAddresses(CallbackSettings settings, Lookup lookup) {
        this.entries = settings.allow().stream().map(AllowedAddresses::entry).toList();
        this.networks =
                settings.networks().stream().map(AllowedAddresses::network).toList();
        this.lookup = lookup;
    }

    /** Looks up the addresses of a name. */
    @FunctionalInterface
    interface Lookup {
        /** All addresses of a host. */
        InetAddress[] of(String host) throws UnknownHostException;
    }

    /**
     * Whether a setting lists an address. What is no address is for others to refuse.
     *
     * @param allow as in the settings
     */
    public static Predicate<String> including(List<String> allow) {
        List<Entry> entries = allow.stream()
                .map(String::strip)
                .filter(text -> !text.isEmpty())
                .map(AllowedAddresses::entry)
                .toList();
        return text -> {
            try {
                HttpAddress address = HttpAddress.of(text);
                return entries.stream().anyMatch(entry -> entry.includes(address));
            } catch (IllegalArgumentException _) {
                return true;
            }
        };
    }

    private record Entry(HttpAddress address, boolean subdomains) {
        boolean includes(HttpAddress other) {
            return address.secure() == other.secure()
                    && address.port() == other.port()
                    && (subdomains
                            ? other.host().endsWith("." + address.host())
                            : other.host().equals(address.host()));
        }
    }

    private static Entry entry(String text) {
        var parts = ENTRY.matcher(text);
        if (parts.matches()) {
            boolean subdomains = parts.group(1) != null;
            try {
                HttpAddress address = HttpAddress.of(text.replace("://*.", "://"));
                if (!subdomains || (!address.isLiteral() && address.host().contains("."))) {
                    return new Entry(address, subdomains);
                }
            } catch (IllegalArgumentException _) {
                // told below
            }
        }
        throw new InvalidSetting(
                CallbackSettings.ALLOW,
                "holds '%s': write scheme and host, such as https://hooks.example.com, https://*.example.com or http://10.1.2.3:8080"
                        .formatted(text));
    }

    private static Network network(String text) {
        try {
            return Network.of(text);
        } catch (IllegalArgumentException e) {
            throw new InvalidSetting("orchestrator.callbacks.networks", String.valueOf(e.getMessage()));
        }
    }

    /**
     * Checks the text of an address that a request names.
     *
     * @throws CallbackRefusedException if it may not be called
     */
    public void check(String text) {
        HttpAddress address;
        try {
            address = HttpAddress.of(text);
        } catch (IllegalArgumentException e) {
            throw new CallbackRefusedException("The callback " + e.getMessage());
        }
        if (entries.isEmpty()) {
            throw new CallbackRefusedException(
                    "This service makes no callbacks: nothing is listed in " + CallbackSettings.ALLOW);
        }
        if (!includes(address)) {
            throw new CallbackRefusedException("%s://%s may not be called: %s does not list it"
                    .formatted(address.secure() ? "https" : "http", address.authority(), CallbackSettings.ALLOW));
        }
    }

    private boolean includes(HttpAddress address) {
        return entries.stream().anyMatch(entry -> entry.includes(address));
    }

    /**
     * The address to connect to. It is looked up once for each call, and the call uses no other one.
     *
     * @throws IOException if it may not be called, or is not known; the message holds nothing from outside
     */
    InetAddress resolve(HttpAddress address) throws IOException {
        if (!includes(address)) {
            throw new IOException("not listed in " + CallbackSettings.ALLOW);
        }
        InetAddress[] found;
        try {
            found = address.isLiteral()
                    ? new InetAddress[] {InetAddress.ofLiteral(address.host())}
                    : lookup.of(address.host());
        } catch (UnknownHostException _) {
            throw new IOException("the name of the host can't be resolved");
        }
        for (InetAddress each : found) {
            // an entry that is an address names it explicitly
            if (!address.isLiteral()
                    && !Network.isPublic(each)
                    && networks.stream().noneMatch(network -> network.contains(each))) {
                throw new IOException(
                        "the name resolves to an address that is not public and not in orchestrator.callbacks.networks");
            }
        }
        return found[0];
    }
}
