package dev.bes.orchestrator.remote.azure;

import com.azure.core.util.BinaryData;
import com.azure.core.util.Context;
import com.azure.storage.blob.BlobClient;
import com.azure.storage.blob.BlobContainerClient;
import com.azure.storage.blob.models.BlobErrorCode;
import com.azure.storage.blob.models.BlobProperties;
import com.azure.storage.blob.models.BlobStorageException;
import com.azure.storage.blob.options.BlockBlobSimpleUploadOptions;
import dev.bes.orchestrator.remote.Blobs;
import dev.bes.orchestrator.remote.RemoteException.Rejected;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Blobs in Azure Blob storage. */
final class AzureBlobs implements Blobs {

    private final BlobContainerClient container;
    private final Patience patience;

    AzureBlobs(BlobContainerClient container, Patience patience) {
        this.container = container;
        this.patience = patience;
    }

    @Override
    public void stage(String path, Path file, String sha256) {
        String what = "staging " + path;
        try {
            long size = Files.size(file);
            Deadline.within(patience.forBytes(size), what, () -> {
                upload(path, file, size, sha256);
                return size;
            });
        } catch (NoSuchFileException e) {
            throw new Rejected("InputMissing", "Input file " + file + " is no longer there");
        } catch (Exception e) {
            throw StoreFaults.of(what, e);
        }
    }

    @Override
    public void put(String path, byte[] content) {
        String what = "writing " + path;
        try {
            BlobClient blob = container.getBlobClient(path);
            Deadline.within(
                    patience.forBytes(content.length),
                    what,
                    () -> blob.getBlockBlobClient()
                            .uploadWithResponse(
                                    new BlockBlobSimpleUploadOptions(BinaryData.fromBytes(content)),
                                    null,
                                    Context.NONE));
        } catch (Exception e) {
            throw StoreFaults.of(what, e);
        }
    }

    @Override
    public Fetched fetch(String path, Path target) {
        String what = "fetching " + path;
        try {
            return new Download(container.getBlobClient(path), patience).into(target, what);
        } catch (Exception e) {
            throw StoreFaults.of(what, e);
        }
    }

    private void upload(String path, Path file, long size, String sha256) throws IOException {
        BlobClient blob = container.getBlobClient(path);
        Upload upload = new Upload(blob.getBlockBlobClient(), file, size, sha256);
        try {
            upload.run();
        } catch (BlobStorageException e) {
            if (BlobErrorCode.CONTAINER_NOT_FOUND.equals(e.getErrorCode())) {
                container.createIfNotExists();
                upload.run();
            } else if (e.getStatusCode() == 409 || e.getStatusCode() == 412) {
                expectSame(blob, size, sha256, e);
            } else {
                throw e;
            }
        }
    }

    /** The path is taken: by an earlier try of ours whose answer was lost, or by something else. */
    private static void expectSame(BlobClient blob, long size, String sha256, BlobStorageException conflict) {
        BlobProperties there;
        try {
            there = blob.getProperties();
        } catch (BlobStorageException e) {
            throw conflict;
        }
        boolean same = there.getBlobSize() == size
                && sha256.equalsIgnoreCase(there.getMetadata().get(Upload.SHA256));
        if (!same) {
            throw new Rejected("BlobExists", "The blob " + blob.getBlobName() + " holds other content");
        }
    }
}
