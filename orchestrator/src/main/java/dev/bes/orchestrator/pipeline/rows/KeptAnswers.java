package dev.bes.orchestrator.pipeline.rows;

import dev.bes.orchestrator.remote.RemoteException;
import dev.bes.orchestrator.run.Claim;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** The answers that an attempt has kept. */
final class KeptAnswers {
    private final RowOutputs outputs;
    private final Claim claim;
    private final UUID nonce;
    private final AtomicInteger searches;

    /**
     * Searches nothing yet.
     *
     * @param searches how many batches may be searched in vain: no more can have been under way
     */
    KeptAnswers(RowOutputs outputs, Claim claim, UUID nonce, int searches) {
        this.outputs = outputs;
        this.claim = claim;
        this.nonce = nonce;
        this.searches = new AtomicInteger(searches);
    }

    /** The answer that an earlier slice has kept before it failed or its node died; null if there is none. */
    @Nullable
    BatchAnswer find(RowCutter.Batch batch) {
        if (searches.get() <= 0) {
            return null;
        }
        try {
            BatchAnswer kept = outputs.answer(claim, nonce, batch.from());
            // cut by other settings, it is of no use
            return kept.to() == batch.to() ? kept : null;
        } catch (RemoteException.NotFound e) {
            searches.decrementAndGet();
            return null;
        }
    }

    void keep(RowCutter.Batch batch, BatchAnswer answer) {
        outputs.put(claim, nonce, batch.from(), answer);
    }
}
