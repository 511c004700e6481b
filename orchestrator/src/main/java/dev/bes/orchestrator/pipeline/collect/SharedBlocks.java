package dev.bes.orchestrator.pipeline.collect;

import dev.bes.orchestrator.remote.RemoteException;
import dev.bes.orchestrator.remote.blob.Blobs;
import java.io.IOException;
import java.io.OutputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads parts of blobs that never change. A block with small parts is read once for all of them: scorings that share a job are
 * collected at about the same time, and a call for each would cost more than all else. Keeps the last few blocks.
 */
final class SharedBlocks {
    static final int BLOCK = 1024 * 1024;
    private static final int LARGE = 4 * BLOCK;
    private static final int KEPT = 8;

    private final Blobs blobs;
    private final Map<Place, Block> blocks = new LinkedHashMap<>(KEPT, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Place, Block> eldest) {
            return size() > KEPT;
        }
    };

    SharedBlocks(Blobs blobs) {
        this.blobs = blobs;
    }

    private record Place(String blob, long from) {}

    /** A block, or what there is of it. A read that fails is tried again by the next caller. */
    private static final class Block {
        private final Place place;
        private byte @Nullable [] content;

        Block(Place place) {
            this.place = place;
        }

        synchronized byte[] content(Blobs blobs) {
            byte[] read = content;
            if (read == null) {
                read = blobs.read(place.blob, place.from, BLOCK);
                content = read;
            }
            return read;
        }
    }

    /**
     * Writes a part of a blob.
     *
     * @throws RemoteException.NotFound if there is no such blob
     * @throws RemoteException.Unavailable if the store could not be reached
     */
    void copy(String blob, long from, long length, OutputStream target) throws IOException {
        long to = from + length;
        for (long at = from; at < to; ) {
            long begin = length > BLOCK ? at : at / BLOCK * BLOCK;
            byte[] content = length > BLOCK
                    ? blobs.read(blob, begin, (int) Math.min(LARGE, to - begin))
                    : block(new Place(blob, begin)).content(blobs);
            int start = (int) (at - begin);
            int size = (int) Math.min(content.length - start, to - at);
            if (size <= 0) {
                throw new RemoteException.Unavailable(
                        "Blob store, reading %s: it ends before byte %d".formatted(blob, to));
            }
            target.write(content, start, size);
            at += size;
        }
    }

    private Block block(Place place) {
        synchronized (blocks) {
            return blocks.computeIfAbsent(place, Block::new);
        }
    }
}
