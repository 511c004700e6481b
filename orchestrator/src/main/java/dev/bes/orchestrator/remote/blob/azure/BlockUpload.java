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

/** A blob on its way up: in one call if it comes in one block, else some blocks at a time and then the list of them. */
final class BlockUpload implements Blobs.Upload {

    private static final String SHA256 = "sha256";

    /** The client would send an array in pieces of 8 KiB, each with a time-out and hand-overs of its own. */
    private static final int PIECE = 128 * 1024;

    /** Blocks under way; with the one that the caller reads meanwhile, the memory of an upload. */
    private static final int AT_ONCE = 3;

    private final BlobContainerClient container;
    private final BlockBlobClient blob;
    private final BlobTimeouts blobTimeouts;
    private final String what;
    private final long begun = System.nanoTime();
    private final Queue<Future<?>> flying = new ArrayDeque<>();
    private final Queue<byte[]> sent = new ArrayDeque<>();
    private final List<String> ids = new ArrayList<>();
    private byte[] first = {};
    private long size;

    BlockUpload(BlobContainerClient container, String path, BlobTimeouts blobTimeouts) {
        this.container = container;
        this.blob = container.getBlobClient(path).getBlockBlobClient();
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
    public void commit(String sha256) {
        flying.forEach(this::await);
        await(TransferDeadline.begin(() -> {
            show(sha256);
            return sha256;
        }));
    }

    @Override
    public void close() {
        flying.forEach(block -> block.cancel(true));
    }

    /** Begins to send a block; the array of the one whose place it takes. */
    private byte[] send(byte[] block) {
        byte[] free = {};
        if (flying.size() == AT_ONCE) {
            await(flying.remove());
            free = sent.remove();
        }
        String id = id(ids.size());
        ids.add(id);
        BlockBlobStageBlockOptions options = new BlockBlobStageBlockOptions(id, pieces(block));
        flying.add(TransferDeadline.begin(
                () -> inContainer(() -> blob.stageBlockWithResponse(options, null, Context.NONE))));
        sent.add(block);
        return free;
    }

    private static BinaryData pieces(byte[] block) {
        List<ByteBuffer> pieces = new ArrayList<>();
        for (int from = 0; from < block.length; from += PIECE) {
            pieces.add(ByteBuffer.wrap(block, from, Math.min(PIECE, block.length - from)));
        }
        return BinaryData.fromListByteBuffer(pieces);
    }

    private void await(Future<?> call) {
        try {
            TransferDeadline.within(blobTimeouts.forBytes(size), begun, what, call);
        } catch (Exception e) {
            throw BlobErrorMapping.of(what, e);
        }
    }

    private void show(String sha256) throws Exception {
        Map<String, String> metadata = Map.of(SHA256, sha256);
        BlobRequestConditions onlyNew = new BlobRequestConditions().setIfNoneMatch("*");
        try {
            inContainer(() -> ids.isEmpty()
                    ? blob.uploadWithResponse(
                            new BlockBlobSimpleUploadOptions(BinaryData.fromBytes(first))
                                    .setMetadata(metadata)
                                    .setRequestConditions(onlyNew),
                            null,
                            Context.NONE)
                    : blob.commitBlockListWithResponse(
                            new BlockBlobCommitBlockListOptions(ids)
                                    .setMetadata(metadata)
                                    .setRequestConditions(onlyNew),
                            null,
                            Context.NONE));
        } catch (BlobStorageException e) {
            if (e.getStatusCode() != 409 && e.getStatusCode() != 412) {
                throw e;
            }
            expectSame(sha256, e);
        }
    }

    /** The path is taken: by an earlier try of ours whose answer was lost, or by something else. */
    private void expectSame(String sha256, BlobStorageException conflict) {
        BlobProperties there;
        try {
            there = blob.getProperties();
        } catch (BlobStorageException e) {
            throw conflict;
        }
        boolean same = there.getBlobSize() == size
                && sha256.equalsIgnoreCase(there.getMetadata().get(SHA256));
        if (!same) {
            throw new Rejected("BlobExists", "The blob " + blob.getBlobName() + " holds other content");
        }
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

    /** All of one length, as the store wants them; the path is this upload's own, so they need no more to be told apart. */
    private static String id(int index) {
        return Base64.getEncoder()
                .encodeToString(ByteBuffer.allocate(4).putInt(index).array());
    }
}
