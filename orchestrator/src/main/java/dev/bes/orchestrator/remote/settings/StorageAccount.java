package dev.bes.orchestrator.remote.settings;

import dev.bes.orchestrator.remote.InvalidSetting;
import dev.bes.orchestrator.remote.Secret;
import java.net.URI;
import java.net.URISyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * How a storage account is reached: by a connection string with its key, or by its address and the identity of this machine.
 *
 * @param setting name of the setting in use, for messages
 * @param connectionString with AccountName and AccountKey; null with an address
 * @param url https address of the account's blob service; null with a connection string
 */
public record StorageAccount(
        String setting,
        @Nullable Secret connectionString,
        @Nullable String url) {

    /**
     * Checks the two settings.
     *
     * @param prefix the part of their names before {@code connection-string} and {@code account-url}, with the dot
     * @throws InvalidSetting naming the setting that is missing or wrong
     */
    static StorageAccount of(String prefix, @Nullable Secret connectionString, @Nullable String url) {
        String address = url == null || url.isBlank() ? null : url.strip();
        Secret key = connectionString == null || connectionString.value().isBlank() ? null : connectionString;
        String setting = prefix + (address == null ? "connection-string" : "account-url");
        if (address != null && key != null) {
            throw new InvalidSetting(
                    setting,
                    "and " + prefix + "connection-string are both set: remove the connection string to use the identity"
                            + " of this machine, or the address to use the account key");
        }
        if (address != null) {
            return new StorageAccount(setting, null, checked(setting, address));
        }
        if (key == null) {
            throw new InvalidSetting(
                    setting,
                    "is missing: set it to the connection string of the storage account, with AccountName and AccountKey,"
                            + " or set " + prefix + "account-url to use the identity of this machine");
        }
        ConnectionString.check(setting, key);
        return new StorageAccount(setting, key, null);
    }

    /** The Azure SDK sends tokens by https only. */
    private static String checked(String setting, String url) {
        try {
            URI uri = new URI(url);
            boolean plain = uri.getUserInfo() == null && uri.getQuery() == null && uri.getFragment() == null;
            if ("https".equalsIgnoreCase(uri.getScheme()) && uri.getHost() != null && plain) {
                return url;
            }
        } catch (URISyntaxException e) {
            // reported below: the parser's message would repeat the value, which may hold a SAS
        }
        throw new InvalidSetting(
                setting,
                "must be the https address of the blob service, such as https://account.blob.core.windows.net, without"
                        + " user, query and fragment");
    }
}
