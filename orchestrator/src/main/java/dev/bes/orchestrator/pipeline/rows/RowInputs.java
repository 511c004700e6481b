package dev.bes.orchestrator.pipeline.rows;

import dev.bes.orchestrator.remote.Endpoints;
import dev.bes.orchestrator.remote.blob.Blobs;
import dev.bes.orchestrator.run.Claim;
import dev.bes.orchestrator.run.Claim.StagedInput;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import org.springframework.stereotype.Component;

/**
 * The staged inputs whose rows are scored in batches. Small ones that this node has just staged are kept in memory: their check
 * and their scoring follow within moments, and each would read the blob back. All others are read from the blob store.
 */
@Component
public class RowInputs {
    private static final int LARGEST = 1024 * 1024;
    private static final byte[] NOTHING = {};
    private static final int ALL = 16 * LARGEST;

    private final Blobs blobs;
    private final Endpoints endpoints;
    private final SequencedMap<String, byte[]> contents = new LinkedHashMap<>();
    private int bytes;

    public RowInputs(Blobs blobs, Endpoints endpoints) {
        this.blobs = blobs;
        this.endpoints = endpoints;
    }

    /**
     * Keeps a whole input, if it is small and its rows are scored in batches.
     *
     * @param blob its path, which is never used twice
     * @param content nobody changes it any more
     */
    public void add(Claim claim, String blob, byte[] content) {
        if (content.length > LARGEST || endpoints.rows(claim.endpoint()) == null) {
            return;
        }
        synchronized (contents) {
            contents.put(blob, content);
            bytes += content.length;
            while (bytes > ALL) {
                bytes -= contents.pollFirstEntry().getValue().length;
            }
        }
    }

    /** Cuts an input from its first byte on. */
    RowCutter cutter(StagedInput input) {
        return new RowCutter(blobs, input.blob(), input.bytes(), kept(input.blob()));
    }

    private byte[] kept(String blob) {
        synchronized (contents) {
            return contents.getOrDefault(blob, NOTHING);
        }
    }
}
