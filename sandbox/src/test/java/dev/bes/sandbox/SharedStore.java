package dev.bes.sandbox;

import com.azure.core.http.jdk.httpclient.JdkHttpClientBuilder;
import com.azure.core.util.BinaryData;
import com.azure.storage.blob.BlobClient;
import com.azure.storage.blob.BlobServiceClient;
import com.azure.storage.blob.BlobServiceClientBuilder;
import com.azure.storage.blob.sas.BlobSasPermission;
import com.azure.storage.blob.sas.BlobServiceSasSignatureValues;
import dev.bes.sandbox.blob.Azurite;
import dev.bes.sandbox.blob.AzuriteFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/** One Azurite for all tests of the JVM; it ends with the JVM. */
public final class SharedStore {

    private static final Azurite azurite = Azurite.start(AzuriteFolder.find(null), folder(), 0);
    private static final BlobServiceClient client = new BlobServiceClientBuilder()
            .httpClient(new JdkHttpClientBuilder().build())
            .connectionString(azurite.connectionString())
            .buildClient();

    private SharedStore() {}

    public static String connectionString() {
        return azurite.connectionString();
    }

    public static SandboxOptions options() {
        return SandboxOptions.defaults().withBlobConnectionString(connectionString());
    }

    /** The blob, in a container that exists. */
    public static BlobClient blob(String path) {
        int slash = path.indexOf('/');
        var container = client.getBlobContainerClient(path.substring(0, slash));
        container.createIfNotExists();
        return container.getBlobClient(path.substring(slash + 1));
    }

    public static void put(String path, String text) {
        blob(path).upload(BinaryData.fromString(text), true);
    }

    public static String get(String path) {
        return blob(path).downloadContent().toString();
    }

    /** The base of all SAS references. */
    public static String baseLocation() {
        return client.getAccountUrl() + "/";
    }

    public static String sas(String path, String permissions) {
        return "?"
                + blob(path)
                        .generateSas(new BlobServiceSasSignatureValues(
                                OffsetDateTime.now(ZoneOffset.UTC).plusHours(1), BlobSasPermission.parse(permissions)));
    }

    private static Path folder() {
        try {
            return Files.createTempDirectory(Path.of("target"), "azurite-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
