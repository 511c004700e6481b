package dev.bes.orchestrator.pipeline;

import dev.bes.orchestrator.remote.RemoteException;
import dev.bes.orchestrator.remote.blob.Blobs;
import dev.bes.orchestrator.remote.blob.StoreBlobs;
import dev.bes.orchestrator.text.Sha256;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The blobs of stores in memory, by store and path. It replaces none, and can be away. */
public final class InMemoryStore implements StoreBlobs {
    public final Map<String, String> blobs = new TreeMap<>();

    @Nullable
    public RemoteException trouble;

    @Override
    public void list(String store, String prefix, Consumer<ListedBlob> each) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Blobs.Upload upload(String store, String path) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        return new Blobs.Upload() {
            @Override
            public byte[] add(byte[] block) {
                content.writeBytes(block);
                return new byte[0];
            }

            @Override
            public String commit(String sha256) {
                if (trouble != null) {
                    throw trouble;
                }
                String before = blobs.putIfAbsent(store + "/" + path, content.toString(StandardCharsets.UTF_8));
                if (before != null && !Sha256.of(before).equals(sha256)) {
                    throw new RemoteException.Rejected("BlobExists", path + " exists already");
                }
                return sha256;
            }

            @Override
            public void close() {}
        };
    }

    @Override
    public boolean copy(String store, String path, String etag, String target) {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean delete(String store, String path, String etag) {
        return blobs.remove(store + "/" + path) != null;
    }
}
