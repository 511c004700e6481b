package dev.bes.orchestrator.remote.blob.azure;

import com.azure.core.util.BinaryData;
import com.azure.core.util.Context;
import com.azure.storage.blob.BlobContainerClient;
import com.azure.storage.blob.models.BlobErrorCode;
import com.azure.storage.blob.models.BlobProperties;
import com.azure.storage.blob.models.BlobRequestConditions;
import com.azure.storage.blob.models.BlobStorageException;
import com.azure.storage.blob.options.BlockBlobCommitBlockListOptions;
import com.azure.storage.blob.options.BlockBlobSimpleUploadOptions;
import com.azure.storage.blob.options.BlockBlobStageBlockOptions;
import com.azure.storage.blob.specialized.BlockBlobClient;
import dev.bes.orchestrator.remote.RemoteException.Rejected;
import dev.bes.orchestrator.remote.blob.Blobs;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.Future;

/** Uploads a blob: in one call if it has one block, else some blocks at a time and then the block list. */
final class BlockUpload implements Blobs.Upload {

    private static final String SHA256 = "sha256";

    /** The SDK would send an array in chunks of 8 KiB, each with a time-out of its own. */
    private static final int CHUNK = 128 * 1024;

    /** Blocks in flight. With the block that the caller fills, they are the memory of an upload. */
    private static final int MAX_IN_FLIGHT = 3;

    private final BlobContainerClient container;
    private final BlockBlobClient blob;
    private final String setting;
    private final BlobTimeouts blobTimeouts;
    private final String what;
    private long startedNanos = System.nanoTime();
    private final Queue<Future<?>> inFlight = new ArrayDeque<>();
    private final Queue<byte[]> sent = new ArrayDeque<>();
    private final List<String> ids = new ArrayList<>();
    private byte[] first = {};
    private long size;

    BlockUpload(BlobContainerClient container, String setting, String path, BlobTimeouts blobTimeouts) {
        this.container = container;
        this.blob = container.getBlobClient(path).getBlockBlobClient();
        this.setting = setting;
        this.blobTimeouts = blobTimeouts;
        this.what = "staging " + path;
    }

    @Override
    public byte[] add(byte[] block) {
        byte[] free = {};
        if (size == 0) {
            first = block;
        } else {
            if (ids.isEmpty()) {
                send(first);
                first = new byte[0];
            }
            free = send(block);
        }
        size += block.length;
        return free;
    }

    @Override
    public String commit(String sha256) {
        // the caller may have waited until other blobs were complete
        startedNanos = System.nanoTime();
        inFlight.forEach(this::await);
        return await(TransferDeadline.begin(() -> publish(sha256)));
    }

    @Override
    public void close() {
        inFlight.forEach(block -> block.cancel(true));
    }

    /** Starts to send a block; returns the array of a block that is sent, or an empty array. */
    private byte[] send(byte[] block) {
        byte[] free = {};
        if (inFlight.size() == MAX_IN_FLIGHT) {
            await(inFlight.remove());
            free = sent.remove();
        }
        String id = id(ids.size());
        ids.add(id);
        BlockBlobStageBlockOptions options = new BlockBlobStageBlockOptions(id, chunks(block));
        inFlight.add(TransferDeadline.begin(
                () -> inContainer(() -> blob.stageBlockWithResponse(options, null, Context.NONE))));
        sent.add(block);
        return free;
    }

    private static BinaryData chunks(byte[] block) {
        List<ByteBuffer> chunks = new ArrayList<>();
        for (int from = 0; from < block.length; from += CHUNK) {
            chunks.add(ByteBuffer.wrap(block, from, Math.min(CHUNK, block.length - from)));
        }
        return BinaryData.fromListByteBuffer(chunks);
    }

    private <T> T await(Future<T> call) {
        try {
            return TransferDeadline.within(blobTimeouts.forBytes(size), startedNanos, what, call);
        } catch (Exception e) {
            throw BlobErrorMapping.of(what, e, setting);
        }
    }

    /** Returns the version of the blob. */
    private String publish(String sha256) throws Exception {
        Map<String, String> metadata = Map.of(SHA256, sha256);
        BlobRequestConditions ifAbsent = new BlobRequestConditions().setIfNoneMatch("*");
        try {
            return inContainer(() -> (ids.isEmpty()
                            ? blob.uploadWithResponse(
                                    new BlockBlobSimpleUploadOptions(BinaryData.fromBytes(first))
                                            .setMetadata(metadata)
                                            .setRequestConditions(ifAbsent),
                                    null,
                                    Context.NONE)
                            : blob.commitBlockListWithResponse(
                                    new BlockBlobCommitBlockListOptions(ids)
                                            .setMetadata(metadata)
                                            .setRequestConditions(ifAbsent),
                                    null,
                                    Context.NONE))
                    .getValue()
                    .getETag());
        } catch (BlobStorageException e) {
            if (e.getStatusCode() != 409 && e.getStatusCode() != 412) {
                throw e;
            }
            return requireSameContent(sha256, e);
        }
    }

    /** A blob exists already: of an earlier attempt whose answer was lost, or with other content. */
    private String requireSameContent(String sha256, BlobStorageException conflict) {
        BlobProperties existing;
        try {
            existing = blob.getProperties();
        } catch (BlobStorageException e) {
            throw conflict;
        }
        boolean same = existing.getBlobSize() == size
                && sha256.equalsIgnoreCase(existing.getMetadata().get(SHA256));
        if (!same) {
            throw new Rejected(
                    "BlobExists", "The blob " + blob.getBlobName() + " exists already and holds other content");
        }
        return existing.getETag();
    }

    private <T> T inContainer(Callable<T> call) throws Exception {
        try {
            return call.call();
        } catch (BlobStorageException e) {
            if (!BlobErrorCode.CONTAINER_NOT_FOUND.equals(e.getErrorCode())) {
                throw e;
            }
            container.createIfNotExists();
            return call.call();
        }
    }

    /** Block ids of one blob must have the same length. */
    private static String id(int index) {
        return Base64.getEncoder()
                .encodeToString(ByteBuffer.allocate(4).putInt(index).array());
    }
}
