package dev.bes.orchestrator.remote;

import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where our blobs are.
 *
 * @param connectionString connection string with the account's name and key; SAS for single blobs are signed with it
 * @param container name of the container; made if it is missing
 */
public record BlobSettings(
        Secret connectionString,
        @DefaultValue("orchestrator") String container) {

    /** The setting that holds the connection string. */
    public static final String CONNECTION_STRING = "orchestrator.blobs.connection-string";

    private static final String CONTAINER_NAME = "[a-z0-9](?:-?[a-z0-9]){2,62}";

    /**
     * Checks the settings.
     *
     * @throws IllegalArgumentException naming the property that is missing or wrong
     */
    public BlobSettings {
        if (connectionString == null || connectionString.value().isBlank()) {
            throw new InvalidSetting(
                    CONNECTION_STRING,
                    "is missing: the connection string of the storage account, with AccountName and AccountKey");
        }
        ConnectionString.check(CONNECTION_STRING, connectionString);
        if (!container.matches(CONTAINER_NAME)) {
            throw new InvalidSetting(
                    "orchestrator.blobs.container",
                    "is not a container name (3 to 63 lower-case letters, digits and single dashes): " + container);
        }
    }
}
