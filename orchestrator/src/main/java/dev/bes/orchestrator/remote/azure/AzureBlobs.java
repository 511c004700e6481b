package dev.bes.orchestrator.remote.azure;

import com.azure.core.util.BinaryData;
import com.azure.core.util.Context;
import com.azure.storage.blob.BlobClient;
import com.azure.storage.blob.BlobContainerClient;
import com.azure.storage.blob.options.BlockBlobSimpleUploadOptions;
import dev.bes.orchestrator.remote.Blobs;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.atomic.AtomicBoolean;

/** Blobs in Azure Blob storage. */
final class AzureBlobs implements Blobs {

    private final BlobContainerClient container;
    private final Patience patience;

    AzureBlobs(BlobContainerClient container, Patience patience) {
        this.container = container;
        this.patience = patience;
    }

    @Override
    public Upload upload(String path) {
        return new Blocks(container, path, patience);
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
        AtomicBoolean opened = new AtomicBoolean();
        boolean whole = false;
        try {
            Fetched fetched = fetch(path, target, () -> {
                OutputStream file =
                        Files.newOutputStream(target, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
                opened.set(true);
                return file;
            });
            whole = true;
            return fetched;
        } finally {
            if (opened.get() && !whole) {
                remove(target);
            }
        }
    }

    private static void remove(Path target) {
        try {
            Files.deleteIfExists(target);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Fetched fetch(String path, Path target, Opening opening) {
        String what = "fetching " + path;
        try {
            return new Download(container.getBlobClient(path), patience).into(opening, what);
        } catch (Exception e) {
            throw StoreFaults.of(what, e);
        }
    }
}
