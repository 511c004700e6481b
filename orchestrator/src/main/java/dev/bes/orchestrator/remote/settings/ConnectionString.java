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
 * Checks the connection string of a storage account. Remote jobs get it as it is, so that nothing in it is mended silently.
 * It is checked here first since the Azure SDK reports the values that it cannot read.
 */
final class ConnectionString {

    /** Source: "Configure Azure Storage connection strings". The names are told apart by case. */
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
        if (secret.isInQuotes()) {
            throw wrong("is in quotes that are part of its value: take one pair off");
        }
        if (secret.value().chars().anyMatch(c -> c < ' ' || c > '~')) {
            throw wrong("holds line ends or other than ASCII characters: write it in one line");
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
            throw wrong("is not a connection string: its part " + number + " is not Name=Value");
        }
        if (!part.equals(part.strip()) || name.endsWith(" ") || part.startsWith(" ", equals + 1)) {
            throw wrong("holds a blank around " + which + ": take it out");
        }
        if (known.isPresent() && !known.get().equals(name)) {
            throw wrong("writes " + which + " in other letters: upper and lower case count");
        }
        if (values.put(name, part.substring(equals + 1)) != null) {
            throw wrong("holds " + which + " twice");
        }
    }

    private void checkAccount() {
        if (values.containsKey("UseDevelopmentStorage")) {
            throw wrong(
                    "is UseDevelopmentStorage: write the account out, with AccountName, AccountKey and BlobEndpoint");
        }
        if (value("AccountKey").isEmpty()) {
            throw wrong("has no AccountKey: without it no SAS for a single blob can be signed");
        }
        if (value("AccountName").isEmpty()) {
            throw wrong("has no AccountName");
        }
        if (!value("AccountName").matches("[A-Za-z0-9-]+")) {
            throw wrong("has an AccountName that is not of letters and digits");
        }
        if (!isBase64(value("AccountKey"))) {
            throw wrong(
                    "has an AccountKey that is not Base64: a part of it is missing, or something else was put there");
        }
    }

    private static boolean isBase64(String text) {
        try {
            Base64.getDecoder().decode(text);
            // Java takes a text without its padding, others do not
            return text.length() % 4 == 0;
        } catch (IllegalArgumentException _) {
            return false;
        }
    }

    private void checkAddress() {
        String protocol = value("DefaultEndpointsProtocol");
        if (!protocol.isEmpty() && !protocol.matches("(?i)https?")) {
            throw wrong("has a DefaultEndpointsProtocol that is neither https nor http");
        }
        if (values.containsKey("BlobEndpoint")) {
            if (!isAddress(value("BlobEndpoint"))) {
                throw wrong("has a BlobEndpoint that is not an http(s) URL with a host and without query");
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
