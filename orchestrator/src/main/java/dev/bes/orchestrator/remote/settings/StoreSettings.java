package dev.bes.orchestrator.remote.settings;

import dev.bes.orchestrator.remote.Secret;
import org.jspecify.annotations.Nullable;

/**
 * Another container that inputs are read from: {@code orchestrator.blobs.stores.<name>.*}.
 *
 * @param connectionString connection string with the account's name and key; null with an address
 * @param accountUrl address of the storage account, which is used by the identity of this machine; null with a connection string
 * @param container name of the container
 */
public record StoreSettings(
        @Nullable Secret connectionString, @Nullable String accountUrl, String container) {

    /** What the names of the settings of a store begin with, with the dot at the end. */
    public static String prefixOf(String store) {
        return "orchestrator.blobs.stores." + store + ".";
    }

    /** The storage account of the store of this name. */
    public StorageAccount account(String store) {
        return StorageAccount.of(prefixOf(store), connectionString, accountUrl);
    }

    void check(String store) {
        account(store);
        BlobSettings.checkContainer(prefixOf(store) + "container", container);
    }
}
