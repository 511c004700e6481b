package dev.bes.orchestrator.remote.blob.azure;

import com.azure.core.http.rest.PagedResponse;
import com.azure.core.util.Context;
import com.azure.storage.blob.models.BlobItem;
import com.azure.storage.blob.models.BlobItemProperties;
import com.azure.storage.blob.models.BlobRequestConditions;
import com.azure.storage.blob.models.BlobType;
import com.azure.storage.blob.models.DeleteSnapshotsOptionType;
import com.azure.storage.blob.models.ListBlobsOptions;
import dev.bes.orchestrator.remote.RemoteException.Changed;
import dev.bes.orchestrator.remote.RemoteException.NotFound;
import dev.bes.orchestrator.remote.blob.Blobs;
import dev.bes.orchestrator.remote.blob.StoreBlobs;
import dev.bes.orchestrator.remote.blob.azure.AzureBlobReader.Source;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Lists, writes and deletes blobs in the stores of the settings. */
final class AzureStoreBlobs implements StoreBlobs {
    private final Map<String, Source> stores;
    private final BlobTimeouts blobTimeouts;

    AzureStoreBlobs(Map<String, Source> stores, BlobTimeouts blobTimeouts) {
        this.stores = Map.copyOf(stores);
        this.blobTimeouts = blobTimeouts;
    }

    @Override
    public void list(String store, String prefix, Consumer<ListedBlob> each) {
        Source source = AzureBlobReader.source(stores, store);
        String what = "listing store " + store + ", '" + prefix + "'";
        ListBlobsOptions options = new ListBlobsOptions().setPrefix(prefix);
        Iterator<PagedResponse<BlobItem>> pages = source.container()
                .listBlobsByHierarchy("/", options, blobTimeouts.perTry())
                .iterableByPage()
                .iterator();
        for (PagedResponse<BlobItem> page = next(source, what, pages); page != null; page = next(source, what, pages)) {
            page.getValue().forEach(item -> each.accept(listed(item)));
        }
    }

    /** The next page; null after the last one. */
    private @Nullable PagedResponse<BlobItem> next(
            Source source, String what, Iterator<PagedResponse<BlobItem>> pages) {
        Callable<@Nullable PagedResponse<BlobItem>> call = () -> pages.hasNext() ? pages.next() : null;
        return AzureBlobReader.recordHealth(
                source, what, () -> TransferDeadline.within(blobTimeouts.base(), what, call));
    }

    private static ListedBlob listed(BlobItem item) {
        BlobItemProperties properties = item.getProperties();
        if (Boolean.TRUE.equals(item.isPrefix())
                || properties == null
                || item.getName().endsWith("/")) {
            return new ListedBlob(item.getName(), Kind.FOLDER, "", 0, Instant.EPOCH);
        }
        OffsetDateTime modified = properties.getLastModified();
        Long bytes = properties.getContentLength();
        return new ListedBlob(
                item.getName(),
                properties.getBlobType() == BlobType.BLOCK_BLOB ? Kind.BLOCK : Kind.GROWING,
                AzureBlobReader.unquoted(properties.getETag()),
                bytes == null ? 0 : bytes,
                modified == null ? Instant.EPOCH : modified.toInstant());
    }

    @Override
    public Blobs.Upload upload(String store, String path) {
        Source source = AzureBlobReader.source(stores, store);
        AzureBlobReader.requirePath(path);
        return new BlockUpload(source.container(), source.setting(), path, blobTimeouts);
    }

    @Override
    public boolean copy(String store, String path, String etag, String target) {
        Source source = AzureBlobReader.source(stores, store);
        AzureBlobReader.requirePath(path);
        AzureBlobReader.requirePath(target);
        String what = "copying store " + store + ", " + path;
        VersionCopy copy = new VersionCopy(
                source.container().getBlobClient(path), source.container().getBlobClient(target), etag);
        return AzureBlobReader.recordHealth(
                source, what, () -> TransferDeadline.within(blobTimeouts.base(), what, copy::make));
    }

    @Override
    public boolean delete(String store, String path, String etag) {
        Source source = AzureBlobReader.source(stores, store);
        AzureBlobReader.requirePath(path);
        String what = "deleting store " + store + ", " + path;
        try {
            AzureBlobReader.recordHealth(
                    source,
                    what,
                    () -> TransferDeadline.within(
                            blobTimeouts.base(),
                            what,
                            () -> source.container()
                                    .getBlobClient(path)
                                    .deleteWithResponse(
                                            DeleteSnapshotsOptionType.INCLUDE,
                                            new BlobRequestConditions()
                                                    .setIfMatch('"' + AzureBlobReader.unquoted(etag) + '"'),
                                            null,
                                            Context.NONE)));
            return true;
        } catch (Changed | NotFound e) {
            return false;
        }
    }
}
