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
import dev.bes.orchestrator.remote.settings.StoreSettings;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** Reads blobs in Azure Blob storage, a few megabytes at a time. */
final class AzureBlobReader implements BlobReader {

    /** Source: "Naming and Referencing Containers, Blobs, and Metadata". */
    private static final int LONGEST_PATH = 1024;

    private final Source ours;
    private final Map<String, Source> stores;
    private final BlobTimeouts blobTimeouts;

    AzureBlobReader(Source ours, Map<String, Source> stores, BlobTimeouts blobTimeouts) {
        this.ours = ours;
        this.stores = stores;
        this.blobTimeouts = blobTimeouts;
    }

    /**
     * A container.
     *
     * @param container its client
     * @param setting the setting that holds its connection string
     * @param health what calls show of it; null where nobody asks for that
     */
    record Source(
            BlobContainerClient container,
            String setting,
            @Nullable BlobStoreHealth health) {}

    @Override
    public Content open(@Nullable String store, String path, String etag) {
        Source source = store == null ? ours : stores.get(store);
        if (source == null) {
            throw new Refused(
                    By.UNKNOWN,
                    "No blob store '%s' is set up on this node: set %s"
                            .formatted(store, StoreSettings.connectionStringOf(String.valueOf(store))));
        }
        requirePath(path);
        String what = "reading " + (store == null ? "" : "store " + store + ", ") + path;
        // not asked for by its version at once: some stores tell that of a missing blob, too
        BlobInputStream stream = answered(
                source,
                what,
                () -> TransferDeadline.within(
                        blobTimeouts.base(), what, source.container.getBlobClient(path)::openInputStream));
        BlobProperties found = stream.getProperties();
        if (!etag.equals(found.getETag())) {
            throw new Changed("Blob store, %s: it has version %s now, not %s".formatted(what, found.getETag(), etag));
        }
        return new Content(found.getBlobSize(), new Pieces(source, what, stream));
    }

    /** What could be read as a way out of the container is not even asked for. */
    private static void requirePath(String path) {
        boolean leads = !path.isBlank()
                && path.length() <= LONGEST_PATH
                && path.chars().noneMatch(Character::isISOControl)
                && !path.contains("\\")
                && Arrays.stream(path.split("/", -1)).noneMatch(part -> part.equals(".") || part.equals(".."));
        if (!leads) {
            throw new Rejected(
                    By.UNKNOWN, "", "'" + path + "' is no path in a container; it is not read", Reason.REQUEST);
        }
    }

    private static <T> T answered(Source source, String what, Callable<T> call) {
        try {
            T answer = call.call();
            if (source.health != null) {
                source.health.good();
            }
            return answer;
        } catch (Exception e) {
            RemoteException fault = BlobErrorMapping.of(what, e, source.setting);
            if (source.health != null) {
                source.health.met(fault);
            }
            throw fault;
        }
    }

    /** The bytes of a blob, all of the version that was opened: each piece within the time that is left for the whole, what the reader does meanwhile not counted. */
    private final class Pieces extends InputStream {
        private final Source source;
        private final String what;
        private final BlobInputStream blob;
        private final long size;
        private long spent;

        Pieces(Source source, String what, BlobInputStream blob) {
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
            long begun = System.nanoTime();
            try {
                int read = answered(
                        source,
                        what,
                        () -> TransferDeadline.within(
                                blobTimeouts.forBytes(size),
                                begun - spent,
                                what,
                                TransferDeadline.begin(() -> blob.readNBytes(bytes, from, length))));
                return read == 0 ? -1 : read;
            } finally {
                spent += System.nanoTime() - begun;
            }
        }

        @Override
        public void close() throws IOException {
            blob.close();
        }
    }
}
