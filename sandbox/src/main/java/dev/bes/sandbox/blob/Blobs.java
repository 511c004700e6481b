package dev.bes.sandbox.blob;

import com.azure.core.http.HttpClient;
import com.azure.core.util.Configuration;
import com.azure.storage.blob.BlobClient;
import com.azure.storage.blob.BlobClientBuilder;
import com.azure.storage.blob.BlobServiceClient;
import com.azure.storage.blob.BlobServiceClientBuilder;
import com.azure.storage.blob.models.BlobErrorCode;
import com.azure.storage.blob.models.BlobStorageException;
import com.azure.storage.blob.options.BlobInputStreamOptions;
import com.azure.storage.common.policy.RequestRetryOptions;
import com.azure.storage.common.policy.RetryPolicyType;
import java.io.InputStream;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Opens the blobs that jobs refer to, and no other way leads to a blob. All clients share one HTTP client, which does
 * not leave this machine; those of an account are kept.
 */
public final class Blobs {

    private static final int CHUNK_BYTES = 4 << 20;
    private static final int MOST_ACCOUNTS = 100;

    private final HttpClient http = new LoopbackHttpClient();
    private final RequestRetryOptions retries = new RequestRetryOptions(
            RetryPolicyType.EXPONENTIAL,
            3,
            Duration.ofSeconds(60),
            Duration.ofMillis(200),
            Duration.ofSeconds(2),
            null);
    private final Map<String, BlobServiceClient> accounts = new ConcurrentHashMap<>();
    private final OwnStore own;

    /**
     * Creates the way to the blobs.
     *
     * @param ownConnectionString the sandbox's own store, which outputs without an address go to
     * @throws IllegalArgumentException when it has a mistake
     * @throws UnreachableStore when it leads beyond loopback
     */
    public Blobs(String ownConnectionString) {
        this.own = new OwnStore(ownConnectionString);
    }

    /**
     * Checks that a reference leads to a store that may be called; calls nothing.
     *
     * @throws UnreachableStore when it does not
     */
    public void checkReach(BlobReference reference) {
        client(reference);
    }

    /**
     * Opens a blob for reading, a chunk at a time.
     *
     * @throws BlobStorageException when the store refuses, for instance with 404
     */
    public InputStream read(BlobReference reference) {
        return client(reference).openInputStream(new BlobInputStreamOptions().setBlockSize(CHUNK_BYTES));
    }

    /** Opens a blob for writing; nothing is visible before {@link BlockOutput#commit(boolean)}. */
    public BlockOutput write(BlobReference reference) {
        return new BlockOutput(client(reference).getBlockBlobClient(), CHUNK_BYTES);
    }

    /**
     * A place in the sandbox's own store.
     *
     * @param relativeLocation container and blob; the container is created if it is missing
     */
    public BlobReference ownLocation(String relativeLocation) {
        BlobReference place = new BlobReference(own.connectionString(), relativeLocation, null, null);
        try {
            account(own.connectionString())
                    .getBlobContainerClient(place.container())
                    .createIfNotExists();
        } catch (BlobStorageException e) {
            if (!BlobErrorCode.CONTAINER_ALREADY_EXISTS.equals(e.getErrorCode())) {
                throw e;
            }
        }
        return place;
    }

    /** Whether {@code UseDevelopmentStorage=true} means the sandbox's own store. */
    public boolean isDevelopmentStore() {
        return own.isDevelopmentAccount();
    }

    /** A client for the blob, with whatever key the reference carries. */
    BlobClient client(BlobReference reference) {
        String connectionString = reference.connectionString();
        if (connectionString != null) {
            return account(connectionString)
                    .getBlobContainerClient(reference.container())
                    .getBlobClient(reference.blob());
        }
        return new BlobClientBuilder()
                .httpClient(http)
                .retryOptions(retries)
                .configuration(Configuration.NONE)
                .endpoint(SasUrl.of(own.address(String.valueOf(reference.baseLocation())), reference))
                .buildClient();
    }

    /** The client to sign links with, or null when the reference carries no account key. */
    @Nullable
    BlobClient signer(BlobReference reference) {
        String connectionString = reference.connectionString();
        if (connectionString != null) {
            return ConnectionString.parse(connectionString).hasKey() ? client(reference) : null;
        }
        boolean ours = own.address(String.valueOf(reference.baseLocation())).equals(own.endpoint());
        return ours
                ? client(new BlobReference(own.connectionString(), reference.relativeLocation(), null, null))
                : null;
    }

    /**
     * Checks that a connection string is one, wherever it leads.
     *
     * @throws IllegalArgumentException when it is not
     */
    public void check(String connectionString) {
        ConnectionString.parse(connectionString);
    }

    /** The sandbox's own store. */
    OwnStore own() {
        return own;
    }

    BlobServiceClient account(String connectionString) {
        if (accounts.size() > MOST_ACCOUNTS) {
            accounts.clear();
        }
        return accounts.computeIfAbsent(
                own.resolve(connectionString),
                key -> new BlobServiceClientBuilder()
                        .httpClient(http)
                        .retryOptions(retries)
                        .configuration(Configuration.NONE)
                        .connectionString(key)
                        .buildClient());
    }
}
