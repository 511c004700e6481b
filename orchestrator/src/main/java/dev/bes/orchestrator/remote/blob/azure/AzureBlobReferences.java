package dev.bes.orchestrator.remote.blob.azure;

import com.azure.storage.blob.BlobClient;
import com.azure.storage.blob.BlobContainerClient;
import com.azure.storage.blob.sas.BlobSasPermission;
import com.azure.storage.blob.sas.BlobServiceSasSignatureValues;
import com.azure.storage.common.sas.SasProtocol;
import dev.bes.orchestrator.remote.Secret;
import dev.bes.orchestrator.remote.blob.BlobReference;
import dev.bes.orchestrator.remote.blob.BlobReference.Form;
import dev.bes.orchestrator.remote.blob.BlobReference.Right;
import dev.bes.orchestrator.remote.blob.BlobReferences;
import java.time.Duration;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/** Creates references to our blobs. */
final class AzureBlobReferences implements BlobReferences {

    private final BlobContainerClient container;
    private final @Nullable Secret connectionString;
    private final Signer signer;
    private final InstantSource clock;

    private AzureBlobReferences(
            BlobContainerClient container, @Nullable Secret connectionString, Signer signer, InstantSource clock) {
        this.container = container;
        this.connectionString = connectionString;
        this.signer = signer;
        this.clock = clock;
    }

    /** Signs a SAS for a blob. */
    private interface Signer {
        String sign(BlobClient blob, BlobServiceSasSignatureValues values);
    }

    /** Signs with the account key. */
    static AzureBlobReferences byKey(BlobContainerClient container, Secret connectionString, InstantSource clock) {
        return new AzureBlobReferences(container, connectionString, BlobClient::generateSas, clock);
    }

    /** Signs in the name of the identity of this machine. */
    static AzureBlobReferences byIdentity(BlobContainerClient container, UserDelegationKeys keys, InstantSource clock) {
        return new AzureBlobReferences(
                container,
                null,
                (blob, values) -> blob.generateUserDelegationSas(
                        values, keys.until(values.getExpiryTime().toInstant())),
                clock);
    }

    @Override
    public BlobReference of(Form form, Right right, String path, Duration validity) {
        String location = container.getBlobContainerName() + "/" + path;
        return switch (form) {
            case CONNECTION_STRING -> new BlobReference(connectionString, location, null, null);
            case SAS -> new BlobReference(null, location, account(), new Secret("?" + sas(right, path, validity)));
        };
    }

    private String account() {
        String account = container.getAccountUrl();
        return account.endsWith("/") ? account : account + "/";
    }

    private String sas(Right right, String path, Duration validity) {
        BlobSasPermission permission = new BlobSasPermission();
        switch (right) {
            case READ -> permission.setReadPermission(true);
            case WRITE -> permission.setCreatePermission(true).setWritePermission(true);
        }
        OffsetDateTime now = clock.instant().atOffset(ZoneOffset.UTC);
        boolean encrypted = container.getAccountUrl().startsWith("https:");
        // without a start time, so that it is valid at once even if the clocks differ
        return signer.sign(
                container.getBlobClient(path),
                new BlobServiceSasSignatureValues(now.plus(validity), permission)
                        .setProtocol(encrypted ? SasProtocol.HTTPS_ONLY : SasProtocol.HTTPS_HTTP));
    }
}
