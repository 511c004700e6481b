package dev.bes.testbench.checker.evidence;

import com.azure.core.http.jdk.httpclient.JdkHttpClientBuilder;
import com.azure.storage.blob.BlobContainerClient;
import com.azure.storage.blob.BlobServiceClientBuilder;
import java.util.List;

/** Reads all blobs of the service's container. */
public final class BlobListing {

    private BlobListing() {}

    /**
     * Every blob with its content and the hash of its stored bytes.
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
                .map(blob -> StoredFile.of(
                        container + "/" + blob.getName(),
                        client.getBlobClient(blob.getName()).downloadContent().toBytes()))
                .toList();
    }
}
