package dev.bes.orchestrator.remote.settings;

import dev.bes.orchestrator.remote.InvalidSetting;
import dev.bes.orchestrator.remote.Secret;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Checks the connection string of a storage account. Remote jobs get it unchanged, so no mistake in it is corrected silently.
 * The check runs before the Azure SDK, whose messages may hold secret values.
 */
final class ConnectionString {

    /** Source: "Configure Azure Storage connection strings". The names are case-sensitive. */
    private static final List<String> NAMES = List.of(
            "DefaultEndpointsProtocol",
            "AccountName",
            "AccountKey",
            "EndpointSuffix",
            "BlobEndpoint",
            "BlobSecondaryEndpoint",
            "QueueEndpoint",
            "TableEndpoint",
            "FileEndpoint",
            "SharedAccessSignature",
            "UseDevelopmentStorage",
            "DevelopmentStorageProxyUri");

    private final String setting;
    private final Map<String, String> values = new HashMap<>();

    private ConnectionString(String setting) {
        this.setting = setting;
    }

    /** Throws {@link InvalidSetting} if something is wrong; the message holds no value. */
    static void check(String setting, Secret secret) {
        ConnectionString string = new ConnectionString(setting);
        string.read(secret);
        string.checkAccount();
        string.checkAddress();
    }

    private void read(Secret secret) {
        if (secret.isQuoted()) {
            throw wrong("is in quotes, which are part of its value: remove one pair of quotes");
        }
        if (secret.value().chars().anyMatch(c -> c < ' ' || c > '~')) {
            throw wrong("holds line ends or characters that are not ASCII: write it in one line");
        }
        String[] parts = secret.value().split(";", -1);
        for (int i = 0; i < parts.length; i++) {
            if (!parts[i].isEmpty()) {
                read(parts[i], i + 1);
            }
        }
    }

    private void read(String part, int number) {
        int equals = part.indexOf('=');
        String name = equals < 0 ? "" : part.substring(0, equals);
        Optional<String> known =
                NAMES.stream().filter(name.strip()::equalsIgnoreCase).findFirst();
        String which = known.map(meant -> "'" + meant + "'").orElse("part " + number);
        if (equals <= 0) {
            throw wrong("is not a connection string: its part " + number
                    + " is not Name=Value; copy the whole connection string from the storage account");
        }
        if (!part.equals(part.strip()) || name.endsWith(" ") || part.startsWith(" ", equals + 1)) {
            throw wrong("holds a blank around " + which + ": remove it");
        }
        if (known.isPresent() && !known.get().equals(name)) {
            throw wrong("has " + which + " in wrong case: names are case-sensitive");
        }
        if (values.put(name, part.substring(equals + 1)) != null) {
            throw wrong("holds " + which + " twice: remove one of them");
        }
    }

    private void checkAccount() {
        if (values.containsKey("UseDevelopmentStorage")) {
            throw wrong(
                    "is UseDevelopmentStorage, which is not supported: write AccountName, AccountKey and BlobEndpoint");
        }
        if (value("AccountKey").isEmpty()) {
            throw wrong("has no AccountKey, which signs the SAS of each blob: add it");
        }
        if (value("AccountName").isEmpty()) {
            throw wrong("has no AccountName: add the name of the storage account");
        }
        if (!value("AccountName").matches("[A-Za-z0-9-]+")) {
            throw wrong("has an AccountName with characters other than letters, digits and dashes");
        }
        if (!isBase64(value("AccountKey"))) {
            throw wrong("has an AccountKey that is not Base64: copy the whole key from the storage account");
        }
    }

    private static boolean isBase64(String text) {
        try {
            Base64.getDecoder().decode(text);
            // Java accepts Base64 without padding, other decoders do not
            return text.length() % 4 == 0;
        } catch (IllegalArgumentException _) {
            return false;
        }
    }

    private void checkAddress() {
        String protocol = value("DefaultEndpointsProtocol");
        if (!protocol.isEmpty() && !protocol.matches("(?i)https?")) {
            throw wrong("has a DefaultEndpointsProtocol that is neither https nor http: write https");
        }
        if (values.containsKey("BlobEndpoint")) {
            if (!isAddress(value("BlobEndpoint"))) {
                throw wrong(
                        "has a BlobEndpoint that is not an http(s) URL with a host, without user, query and fragment");
            }
        } else if (values.containsKey("EndpointSuffix")
                && !value("EndpointSuffix").matches("[A-Za-z0-9.-]+(:[0-9]+)?")) {
            throw wrong("has an EndpointSuffix that is not a host name, such as core.windows.net");
        }
    }

    private static boolean isAddress(String text) {
        try {
            URI uri = new URI(text);
            boolean http = "https".equalsIgnoreCase(uri.getScheme()) || "http".equalsIgnoreCase(uri.getScheme());
            boolean plain = uri.getUserInfo() == null && uri.getQuery() == null && uri.getFragment() == null;
            return http && uri.getHost() != null && plain;
        } catch (URISyntaxException _) {
            return false;
        }
    }

    private String value(String name) {
        return values.getOrDefault(name, "");
    }

    private InvalidSetting wrong(String what) {
        return new InvalidSetting(setting, what);
    }
}
