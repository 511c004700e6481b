package dev.bes.orchestrator.remote.settings;

import dev.bes.orchestrator.remote.InvalidSetting;
import dev.bes.orchestrator.remote.Secret;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The settings of our container and of the stores that inputs are read from.
 *
 * @param connectionString with AccountName and AccountKey, which sign each SAS
 * @param container name of our container; created if it does not exist
 * @param stores other containers that inputs are read from, by name
 */
public record BlobSettings(
        Secret connectionString,
        @DefaultValue("orchestrator") String container,
        @DefaultValue Map<String, StoreSettings> stores) {

    /** The setting that holds the connection string. */
    public static final String CONNECTION_STRING = "orchestrator.blobs.connection-string";

    private static final String CONTAINER_NAME = "[a-z0-9](?:-?[a-z0-9]){2,62}";

    /**
     * Checks the settings.
     *
     * @throws IllegalArgumentException naming the property that is missing or wrong
     */
    public BlobSettings {
        check(CONNECTION_STRING, connectionString);
        checkContainer("orchestrator.blobs.container", container);
        stores = Map.copyOf(stores);
        stores.forEach((name, store) -> store.check(name));
    }

    static void check(String setting, @Nullable Secret connectionString) {
        if (connectionString == null || connectionString.value().isBlank()) {
            throw new InvalidSetting(
                    setting,
                    "is missing: set it to the connection string of the storage account, with AccountName and AccountKey");
        }
        ConnectionString.check(setting, connectionString);
    }

    static void checkContainer(String setting, @Nullable String container) {
        if (container == null || !container.matches(CONTAINER_NAME)) {
            throw new InvalidSetting(
                    setting,
                    "is not a container name: '" + container
                            + "'. Write 3 to 63 lower-case letters, digits and single dashes");
        }
    }
}
