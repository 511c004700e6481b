package dev.bes.testbench.checker.evidence;

import com.azure.core.http.jdk.httpclient.JdkHttpClientBuilder;
import com.azure.storage.blob.BlobContainerClient;
import com.azure.storage.blob.BlobServiceClientBuilder;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import org.apache.commons.codec.digest.DigestUtils;

/** Reads all blobs of the service's container. */
public final class BlobListing {

    private BlobListing() {}

    /**
     * Every blob with the hash of its stored bytes.
     *
     * @throws com.azure.storage.blob.models.BlobStorageException when the store refuses
     */
    public static List<StoredFile> of(String connectionString, String container) {
        BlobContainerClient client = new BlobServiceClientBuilder()
                .httpClient(new JdkHttpClientBuilder().build())
                .connectionString(connectionString)
                .buildClient()
                .getBlobContainerClient(container);
        return client.listBlobs().stream()
                .map(blob -> new StoredFile(container + "/" + blob.getName(), sha256(client, blob.getName())))
                .toList();
    }

    private static String sha256(BlobContainerClient client, String blob) {
        try (InputStream in = client.getBlobClient(blob).openInputStream()) {
            return DigestUtils.sha256Hex(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
