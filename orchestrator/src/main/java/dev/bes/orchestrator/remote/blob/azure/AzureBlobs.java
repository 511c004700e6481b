package dev.bes.orchestrator.remote.blob.azure;

import com.azure.core.util.BinaryData;
import com.azure.core.util.Context;
import com.azure.storage.blob.BlobClient;
import com.azure.storage.blob.BlobContainerClient;
import com.azure.storage.blob.models.BlobDownloadResponse;
import com.azure.storage.blob.models.BlobRange;
import com.azure.storage.blob.options.BlockBlobSimpleUploadOptions;
import dev.bes.orchestrator.remote.blob.Blobs;
import java.io.ByteArrayOutputStream;
import java.io.IOException;

/** Our container in Azure Blob Storage. */
final class AzureBlobs implements Blobs {

    private final BlobContainerClient container;
    private final String setting;
    private final BlobTimeouts blobTimeouts;

    /** A container that is reached by this setting. */
    AzureBlobs(BlobContainerClient container, String setting, BlobTimeouts blobTimeouts) {
        this.container = container;
        this.setting = setting;
        this.blobTimeouts = blobTimeouts;
    }

    @Override
    public Upload upload(String path) {
        return new BlockUpload(container, setting, path, blobTimeouts);
    }

    @Override
    public void put(String path, byte[] content) {
        String what = "writing " + path;
        try {
            BlobClient blob = container.getBlobClient(path);
            TransferDeadline.within(
                    blobTimeouts.forBytes(content.length),
                    what,
                    () -> blob.getBlockBlobClient()
                            .uploadWithResponse(
                                    new BlockBlobSimpleUploadOptions(BinaryData.fromBytes(content)),
                                    null,
                                    Context.NONE));
        } catch (Exception e) {
            throw BlobErrorMapping.of(what, e, setting);
        }
    }

    @Override
    public long fetch(String path, Opening target) {
        String what = "fetching " + path;
        try {
            return new BlockDownload(container.getBlobClient(path), blobTimeouts).into(target, what);
        } catch (Exception e) {
            throw BlobErrorMapping.of(what, e, setting);
        }
    }

    @Override
    public byte[] read(String path, long from, int length) {
        String what = "reading " + path;
        try {
            ByteArrayOutputStream part = new ByteArrayOutputStream(length);
            BlobDownloadResponse answer = TransferDeadline.within(
                    blobTimeouts.forBytes(length),
                    what,
                    () -> container
                            .getBlobClient(path)
                            .downloadStreamWithResponse(
                                    part, new BlobRange(from, (long) length), null, null, false, null, Context.NONE));
            long there = size(answer.getDeserializedHeaders().getContentRange()) - from;
            if (part.size() != Math.min(length, there)) {
                throw new IOException("received " + part.size() + " of " + Math.min(length, there) + " bytes");
            }
            return part.toByteArray();
        } catch (Exception e) {
            throw BlobErrorMapping.of(what, e, setting);
        }
    }

    /** The size of the whole blob. Source: RFC 9110, "Content-Range". */
    private static long size(String contentRange) {
        return Long.parseLong(contentRange.substring(contentRange.indexOf('/') + 1));
    }

    @Override
    public void delete(String path) {
        String what = "deleting " + path;
        try {
            TransferDeadline.within(
                    blobTimeouts.base(),
                    what,
                    () -> container.getBlobClient(path).deleteIfExists());
        } catch (Exception e) {
            throw BlobErrorMapping.of(what, e, setting);
        }
    }
}
