package dev.bes.orchestrator.pipeline.rows;

import dev.bes.orchestrator.remote.RowService.Limits;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** The batches of an input, one after the other. The last ones are cut ahead, so that they are known. */
final class BatchQueue {
    private static final long MOST_AHEAD = 1024 * 1024;

    private final RowCutter cutter;
    private final Limits limits;
    private final Deque<RowCutter.Batch> ahead = new ArrayDeque<>();
    private boolean allCut;

    /** Begins where the cutter is. */
    BatchQueue(RowCutter cutter, Limits limits) {
        this.cutter = cutter;
        this.limits = limits;
    }

    /** The next batch; null at the end. */
    RowCutter.@Nullable Batch next() {
        while (!allCut && ahead.size() <= limits.parallel() && (ahead.isEmpty() || cutter.rest() <= MOST_AHEAD)) {
            RowCutter.Batch cut = cutter.next(limits.rows(), limits.bytes());
            if (cut == null) {
                allCut = true;
            } else {
                ahead.add(cut);
            }
        }
        return ahead.poll();
    }

    /** Whether the batch that was taken is one of the last, of which as many as there are may be under way. */
    boolean wasOneOfTheLast() {
        return allCut && ahead.size() < limits.parallel();
    }
}
