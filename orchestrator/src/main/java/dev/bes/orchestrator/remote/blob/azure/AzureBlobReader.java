package dev.bes.orchestrator.remote.blob.azure;

import com.azure.storage.blob.BlobContainerClient;
import com.azure.storage.blob.models.BlobProperties;
import com.azure.storage.blob.specialized.BlobInputStream;
import dev.bes.orchestrator.remote.RemoteException;
import dev.bes.orchestrator.remote.RemoteException.By;
import dev.bes.orchestrator.remote.RemoteException.Changed;
import dev.bes.orchestrator.remote.RemoteException.Reason;
import dev.bes.orchestrator.remote.RemoteException.Refused;
import dev.bes.orchestrator.remote.RemoteException.Rejected;
import dev.bes.orchestrator.remote.blob.BlobReader;
import dev.bes.orchestrator.remote.blob.BlobVersions;
import dev.bes.orchestrator.remote.settings.StoreSettings;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** Reads blobs of Azure Blob Storage, a few megabytes at a time. */
final class AzureBlobReader implements BlobReader, BlobVersions {

    /** Source: "Naming and Referencing Containers, Blobs, and Metadata". */
    private static final int MAX_PATH_LENGTH = 1024;

    private final Source ownContainer;
    private final Map<String, Source> stores;
    private final BlobTimeouts blobTimeouts;

    AzureBlobReader(Source ownContainer, Map<String, Source> stores, BlobTimeouts blobTimeouts) {
        this.ownContainer = ownContainer;
        this.stores = stores;
        this.blobTimeouts = blobTimeouts;
    }

    /** A container. The setting says how it is reached; the health is null if it is not recorded. */
    record Source(
            BlobContainerClient container,
            String setting,
            @Nullable BlobStoreHealth health) {}

    @Override
    public Set<String> stores() {
        return new TreeSet<>(stores.keySet());
    }

    @Override
    public String etag(String store, String path) {
        Source source = source(store);
        requirePath(path);
        String what = "looking for store " + store + ", " + path;
        return recordHealth(
                source,
                what,
                () -> TransferDeadline.within(
                        blobTimeouts.base(),
                        what,
                        () -> source.container
                                .getBlobClient(path)
                                .getProperties()
                                .getETag()));
    }

    private Source source(@Nullable String store) {
        return store == null ? ownContainer : source(stores, store);
    }

    /** The store of that name. */
    static Source source(Map<String, Source> stores, String store) {
        Source source = stores.get(store);
        if (source == null) {
            throw new Refused(
                    By.UNKNOWN,
                    "The blob store '%s' is not configured on this node: set %sconnection-string or .account-url"
                            .formatted(store, StoreSettings.prefixOf(store)));
        }
        return source;
    }

    @Override
    public Content open(@Nullable String store, String path, @Nullable String etag) {
        Source source = source(store);
        requirePath(path);
        String what = "reading " + (store == null ? "" : "store " + store + ", ") + path;
        // the request has no If-Match: some stores answer 412 also for a missing blob
        BlobInputStream stream = recordHealth(
                source,
                what,
                () -> TransferDeadline.within(
                        blobTimeouts.base(), what, source.container.getBlobClient(path)::openInputStream));
        BlobProperties found = stream.getProperties();
        if (etag != null && !unquoted(etag).equals(unquoted(found.getETag()))) {
            throw new Changed("Blob store, %s: the blob was replaced; its version is %s now, not %s"
                    .formatted(what, found.getETag(), etag));
        }
        return new Content(found.getBlobSize(), new BlobStream(source, what, stream));
    }

    /** The header has quotes, lists and some versions of the SDK have none. */
    static String unquoted(String etag) {
        return etag.length() > 1 && etag.startsWith("\"") && etag.endsWith("\"")
                ? etag.substring(1, etag.length() - 1)
                : etag;
    }

    /** Rejects a path that might lead out of the container. */
    static void requirePath(String path) {
        boolean valid = !path.isBlank()
                && path.length() <= MAX_PATH_LENGTH
                && path.chars().noneMatch(Character::isISOControl)
                && !path.contains("\\")
                && Arrays.stream(path.split("/", -1)).noneMatch(part -> part.equals(".") || part.equals(".."));
        if (!valid) {
            throw new Rejected(
                    By.UNKNOWN,
                    "",
                    "'" + path + "' is not a path in a container; the blob is not read",
                    Reason.REQUEST);
        }
    }

    static <T extends @Nullable Object> T recordHealth(Source source, String what, Callable<T> call) {
        try {
            T answer = call.call();
            if (source.health != null) {
                source.health.succeeded();
            }
            return answer;
        } catch (Exception e) {
            RemoteException failure = BlobErrorMapping.of(what, e, source.setting);
            if (source.health != null) {
                source.health.failed(failure);
            }
            throw failure;
        }
    }

    /** Streams one version of a blob. The deadline is for the whole blob; the time between two reads does not count. */
    private final class BlobStream extends InputStream {
        private final Source source;
        private final String what;
        private final BlobInputStream blob;
        private final long size;
        private long spentNanos;

        BlobStream(Source source, String what, BlobInputStream blob) {
            this.source = source;
            this.what = what;
            this.blob = blob;
            this.size = blob.getProperties().getBlobSize();
        }

        @Override
        public int read() {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int from, int length) {
            if (length == 0) {
                return 0;
            }
            long startedNanos = System.nanoTime();
            try {
                int read = recordHealth(
                        source,
                        what,
                        () -> TransferDeadline.within(
                                blobTimeouts.forBytes(size),
                                startedNanos - spentNanos,
                                what,
                                TransferDeadline.begin(() -> blob.readNBytes(bytes, from, length))));
                return read == 0 ? -1 : read;
            } finally {
                spentNanos += System.nanoTime() - startedNanos;
            }
        }

        /** Reads nothing of what is skipped. */
        @Override
        public long skip(long bytes) {
            return blob.skip(bytes);
        }

        @Override
        public void close() throws IOException {
            blob.close();
        }
    }
}
