package dev.bes.sandbox.blob;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * The sandbox's own blob store, and the rule which store a reference means. The name of its account means this store,
 * whatever the endpoint suffix. An address on loopback means what it says. Everything else is refused.
 */
final class OwnStore {

    /** The account and the key that every Azurite knows; they are printed in its manual. */
    static final String DEVELOPMENT_ACCOUNT = "devstoreaccount1";

    static final String DEVELOPMENT_KEY =
            "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

    private static final String DEVELOPMENT_ENDPOINT = "http://127.0.0.1:10000/" + DEVELOPMENT_ACCOUNT;

    private final String connectionString;
    private final String account;
    private final String endpoint;

    /** @throws IllegalArgumentException when the connection string has a mistake, or leads beyond loopback */
    OwnStore(String given) {
        ConnectionString own = ConnectionString.parse(given);
        String address = own.isDevelopment()
                ? DEVELOPMENT_ENDPOINT
                : own.get("BlobEndpoint")
                        .orElseThrow(() -> new IllegalArgumentException(
                                "The connection string of the sandbox's blob store has no BlobEndpoint"));
        this.endpoint = onLoopback(parse(address));
        this.account = own.isDevelopment()
                ? DEVELOPMENT_ACCOUNT
                : own.get("AccountName").orElseGet(() -> endpoint.substring(endpoint.lastIndexOf('/') + 1));
        this.connectionString = rewritten(own, endpoint);
    }

    /** The connection string of the store itself. */
    String connectionString() {
        return connectionString;
    }

    /** The name of its account. */
    String account() {
        return account;
    }

    /** The address of the store, without a slash at its end. */
    String endpoint() {
        return endpoint;
    }

    /** Whether its account is the one that every Azurite knows. */
    boolean isDevelopmentAccount() {
        return account.equals(DEVELOPMENT_ACCOUNT);
    }

    /**
     * A connection string for the store that the given one means; its address is on loopback.
     *
     * @throws IllegalArgumentException when the connection string has a mistake
     * @throws UnreachableStore when it means a store beyond loopback
     */
    String resolve(String given) {
        ConnectionString reference = ConnectionString.parse(given);
        if (reference.isDevelopment()) {
            return rewritten(reference, isDevelopmentAccount() ? endpoint : DEVELOPMENT_ENDPOINT);
        }
        String named = reference.get("AccountName").orElse("");
        String address = reference.get("BlobEndpoint").orElse(null);
        if (address != null) {
            return rewritten(reference, address(address));
        }
        if (!named.equalsIgnoreCase(account)) {
            throw new UnreachableStore(named);
        }
        return rewritten(reference, endpoint);
    }

    /**
     * The address that a base location or an endpoint means, without a slash at its end; it is on loopback.
     *
     * @throws UnreachableStore when it means a store beyond loopback, or none
     */
    String address(String given) {
        URI address = parse(given);
        if (Loopback.literal(address.getHost()).isPresent()) {
            return onLoopback(address);
        }
        List<String> labels =
                Arrays.asList(address.getHost().toLowerCase(Locale.ROOT).split("\\.", -1));
        if (!labels.getFirst().equalsIgnoreCase(account) || !labels.contains("blob")) {
            throw new UnreachableStore(address.getHost());
        }
        return endpoint + path(address);
    }

    private static String onLoopback(URI address) {
        String host = Loopback.literal(address.getHost()).orElseThrow(() -> new UnreachableStore(address.getHost()));
        String port = address.getPort() < 0 ? "" : ":" + address.getPort();
        return address.getScheme() + "://" + host + port + path(address);
    }

    /** A user, a query or a second host in an address is a mistake, or a trick to hide where it leads. */
    private static URI parse(String given) {
        URI address = syntax(given);
        boolean web = List.of("http", "https")
                .contains(String.valueOf(address.getScheme()).toLowerCase(Locale.ROOT));
        if (!web || address.getUserInfo() != null || address.getQuery() != null || address.getFragment() != null) {
            throw new UnreachableStore(String.valueOf(address.getHost()));
        }
        return address;
    }

    private static URI syntax(String given) {
        try {
            URI address = new URI(given.strip());
            if (address.getHost() != null) {
                return address;
            }
        } catch (URISyntaxException e) {
            throw new UnreachableStore("an address that is none");
        }
        throw new UnreachableStore("an address without a host");
    }

    private static String path(URI address) {
        return address.getRawPath().replaceAll("/+$", "");
    }

    private static String rewritten(ConnectionString from, String endpoint) {
        String access = from.get("SharedAccessSignature")
                .map(token -> "SharedAccessSignature=" + token)
                .orElseGet(() -> "AccountName=" + from.get("AccountName").orElse(DEVELOPMENT_ACCOUNT) + ";AccountKey="
                        + from.get("AccountKey").orElse(DEVELOPMENT_KEY));
        return "BlobEndpoint=" + endpoint + ";" + access;
    }
}
