package dev.bes.orchestrator.remote.settings;

import dev.bes.orchestrator.remote.InvalidSetting;
import dev.bes.orchestrator.remote.Secret;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The settings of our container and of the stores that inputs are read from.
 *
 * @param connectionString with AccountName and AccountKey, which sign each SAS; null with an address
 * @param accountUrl address of the storage account, which is used by the identity of this machine; null with a connection string
 * @param container name of our container; created if it does not exist
 * @param stores other containers that inputs are read from, by name
 */
public record BlobSettings(
        @Nullable Secret connectionString,
        @Nullable String accountUrl,
        @DefaultValue("orchestrator") String container,
        @DefaultValue Map<String, StoreSettings> stores) {

    private static final String PREFIX = "orchestrator.blobs.";
    private static final String CONTAINER_NAME = "[a-z0-9](?:-?[a-z0-9]){2,62}";

    /**
     * Checks the settings.
     *
     * @throws IllegalArgumentException naming the property that is missing or wrong
     */
    public BlobSettings {
        StorageAccount.of(PREFIX, connectionString, accountUrl);
        checkContainer(PREFIX + "container", container);
        stores = Map.copyOf(stores);
        stores.forEach((name, store) -> store.check(name));
    }

    /** The storage account of our container. */
    public StorageAccount account() {
        return StorageAccount.of(PREFIX, connectionString, accountUrl);
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
