package dev.bes.orchestrator.remote.azure;

import com.azure.core.util.BinaryData;
import com.azure.core.util.Context;
import com.azure.storage.blob.models.BlobRequestConditions;
import com.azure.storage.blob.options.BlockBlobCommitBlockListOptions;
import com.azure.storage.blob.options.BlockBlobSimpleUploadOptions;
import com.azure.storage.blob.options.BlockBlobStageBlockOptions;
import com.azure.storage.blob.specialized.BlockBlobClient;
import dev.bes.orchestrator.remote.RemoteException.Rejected;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** One file on its way up: hashed block by block, and made visible only if the hash is the one that was expected. */
final class Upload {

    static final String SHA256 = "sha256";

    private static final int BLOCK = 4 * 1024 * 1024;

    /** Blocks in flight; with the one being read, the memory of an upload. */
    private static final int CONCURRENCY = 2;

    private final BlockBlobClient blob;
    private final Path file;
    private final long size;
    private final String sha256;

    Upload(BlockBlobClient blob, Path file, long size, String sha256) {
        this.blob = blob;
        this.file = file;
        this.size = size;
        this.sha256 = sha256;
    }

    void run() throws IOException {
        MessageDigest digest = Hash.digest();
        try (InputStream in = Files.newInputStream(file)) {
            if (size <= BLOCK) {
                byte[] content = in.readNBytes(BLOCK + 1);
                digest.update(content);
                expectUnchanged(digest, content.length);
                put(content);
            } else {
                List<String> blocks = stageBlocks(in, digest);
                commit(blocks);
            }
        }
    }

    private void put(byte[] content) {
        blob.uploadWithResponse(
                new BlockBlobSimpleUploadOptions(BinaryData.fromBytes(content))
                        .setMetadata(Map.of(SHA256, sha256))
                        .setRequestConditions(onlyNew()),
                null,
                Context.NONE);
    }

    private List<String> stageBlocks(InputStream in, MessageDigest digest) throws IOException {
        UUID upload = UUID.randomUUID();
        List<String> ids = new ArrayList<>();
        Deque<Background> flying = new ArrayDeque<>();
        long read = 0;
        for (byte[] block = in.readNBytes(BLOCK); block.length > 0; block = in.readNBytes(BLOCK)) {
            read += block.length;
            digest.update(block);
            String id = id(upload, ids.size());
            ids.add(id);
            BlockBlobStageBlockOptions options = new BlockBlobStageBlockOptions(id, BinaryData.fromBytes(block));
            if (flying.size() == CONCURRENCY) {
                flying.remove().await();
            }
            flying.add(Background.run(() -> blob.stageBlockWithResponse(options, null, Context.NONE)));
        }
        for (Background last : flying) {
            last.await();
        }
        expectUnchanged(digest, read);
        return ids;
    }

    private void commit(List<String> ids) {
        blob.commitBlockListWithResponse(
                new BlockBlobCommitBlockListOptions(ids)
                        .setMetadata(Map.of(SHA256, sha256))
                        .setRequestConditions(onlyNew()),
                null,
                Context.NONE);
    }

    private void expectUnchanged(MessageDigest digest, long read) {
        if (read != size || !Hash.hex(digest).equalsIgnoreCase(sha256)) {
            throw new Rejected("InputChanged", "Input file " + file + " has changed since it was taken");
        }
    }

    private static BlobRequestConditions onlyNew() {
        return new BlobRequestConditions().setIfNoneMatch("*");
    }

    /** Ids of one upload share a prefix of their own, so that two uploads to one path never mix their blocks. */
    private static String id(UUID upload, int index) {
        ByteBuffer id = ByteBuffer.allocate(20)
                .putLong(upload.getMostSignificantBits())
                .putLong(upload.getLeastSignificantBits())
                .putInt(index);
        return Base64.getEncoder().encodeToString(id.array());
    }
}
