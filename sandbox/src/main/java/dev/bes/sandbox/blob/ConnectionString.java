package dev.bes.sandbox.blob;

import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The settings of a connection string; their names are matched without regard to case. Source: "Configure Azure Storage
 * connection strings".
 */
final class ConnectionString {

    private final Map<String, String> settings = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

    private ConnectionString() {}

    /** @throws IllegalArgumentException when it says neither an account with its key nor a shared access signature */
    static ConnectionString parse(String text) {
        ConnectionString parsed = new ConnectionString();
        for (String setting : text.split(";", -1)) {
            if (!setting.isBlank()) {
                parsed.add(setting.strip());
            }
        }
        parsed.check();
        return parsed;
    }

    Optional<String> get(String name) {
        return Optional.ofNullable(settings.get(name)).filter(value -> !value.isEmpty());
    }

    /** Whether it means the emulator, by its short form. */
    boolean isDevelopment() {
        return get("UseDevelopmentStorage").orElse("").equalsIgnoreCase("true");
    }

    /** Whether it carries a key that links can be signed with. */
    boolean hasKey() {
        return isDevelopment() || get("AccountKey").isPresent();
    }

    private void add(String setting) {
        int equals = setting.indexOf('=');
        if (equals < 1 || settings.put(setting.substring(0, equals), setting.substring(equals + 1)) != null) {
            throw new IllegalArgumentException("Not a setting, or one that is there twice");
        }
    }

    private void check() {
        get("AccountKey").ifPresent(Base64.getDecoder()::decode);
        boolean keyed = get("AccountName").isPresent() && get("AccountKey").isPresent();
        boolean signed = get("SharedAccessSignature").isPresent()
                && (get("AccountName").isPresent() || get("BlobEndpoint").isPresent());
        if (!isDevelopment() && !keyed && !signed) {
            throw new IllegalArgumentException("No account with its key, and no shared access signature");
        }
    }
}
