package dev.bes.orchestrator.pipeline;

import dev.bes.orchestrator.remote.Endpoints;
import dev.bes.orchestrator.run.Claim;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * The small blobs that this node has just written while it scores rows in batches. An input is checked and scored moments after it
 * was staged, an output is delivered moments after it was written, and each step would read the blob back. What is not here, or
 * not any more, is read from the blob store.
 */
@Component
public class RecentBlobs {
    private static final int LARGEST = 1024 * 1024;
    private static final int ALL = 32 * LARGEST;

    private final Endpoints endpoints;
    private final SequencedMap<String, byte[]> contents = new LinkedHashMap<>();
    private int bytes;

    public RecentBlobs(Endpoints endpoints) {
        this.endpoints = endpoints;
    }

    /**
     * Keeps a whole blob, if it is small and belongs to a scoring whose rows are scored in batches. The oldest ones make room.
     *
     * @param blob its path, which is never used twice
     * @param content nobody changes it any more
     */
    public void add(Claim claim, String blob, byte[] content) {
        if (content.length > LARGEST || endpoints.rows(claim.endpoint()) == null) {
            return;
        }
        synchronized (contents) {
            byte[] before = contents.put(blob, content);
            bytes += content.length - (before == null ? 0 : before.length);
            while (bytes > ALL) {
                bytes -= contents.pollFirstEntry().getValue().length;
            }
        }
    }

    /** The content of a blob; null if it is not here. */
    public byte @Nullable [] find(String blob) {
        synchronized (contents) {
            return contents.get(blob);
        }
    }
}
