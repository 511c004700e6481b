package dev.bes.orchestrator.remote.settings;

import dev.bes.orchestrator.remote.Secret;

/**
 * Another container that inputs are read from: {@code orchestrator.blobs.stores.<name>.*}.
 *
 * @param connectionString connection string with the account's name and key
 * @param container name of the container
 */
public record StoreSettings(Secret connectionString, String container) {

    /** The name of the setting with the connection string of a store. */
    public static String connectionStringOf(String store) {
        return "orchestrator.blobs.stores." + store + ".connection-string";
    }

    void check(String store) {
        BlobSettings.check(connectionStringOf(store), connectionString);
        BlobSettings.checkContainer("orchestrator.blobs.stores." + store + ".container", container);
    }
}
