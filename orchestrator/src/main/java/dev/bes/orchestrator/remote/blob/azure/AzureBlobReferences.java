package dev.bes.orchestrator.remote.blob.azure;

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

/** Creates references to our blobs; signs a SAS with the account key. */
final class AzureBlobReferences implements BlobReferences {

    private final BlobContainerClient container;
    private final Secret connectionString;
    private final InstantSource clock;

    AzureBlobReferences(BlobContainerClient container, Secret connectionString, InstantSource clock) {
        this.container = container;
        this.connectionString = connectionString;
        this.clock = clock;
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
        return container
                .getBlobClient(path)
                .generateSas(new BlobServiceSasSignatureValues(now.plus(validity), permission)
                        .setProtocol(encrypted ? SasProtocol.HTTPS_ONLY : SasProtocol.HTTPS_HTTP));
    }
}
