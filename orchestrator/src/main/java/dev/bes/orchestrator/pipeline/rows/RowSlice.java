package dev.bes.orchestrator.pipeline.rows;

import dev.bes.orchestrator.remote.RemoteException;
import dev.bes.orchestrator.remote.RowService;
import dev.bes.orchestrator.remote.RowService.Limits;
import dev.bes.orchestrator.remote.RowService.RowScorer;
import dev.bes.orchestrator.run.Claim;
import dev.bes.orchestrator.run.move.RowProgress;
import dev.bes.orchestrator.run.move.RowProgress.Part;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** One slice of the rows of a scoring: sends batches side by side, and keeps each answer. */
final class RowSlice {
    private static final Duration TIME = Duration.ofSeconds(5);
    private static final Duration REPORT = Duration.ofSeconds(1);
    private static final long BYTES = 16L * 1024 * 1024;

    private final Claim claim;
    private final UUID nonce;
    private final RowColumns input;
    private final RowScorer scorer;
    private final Limits limits;
    private final RowOutputs outputs;
    private final RowProgress progress;
    private final List<Part> parts;
    private final BatchWindow window;
    private final AnsweredRows answered;
    private final long scoredBefore;
    private final AtomicInteger missing = new AtomicInteger();
    private boolean atEnd;
    private @Nullable RemoteException failure;

    RowSlice(
            Claim claim,
            UUID nonce,
            RowColumns input,
            RowService service,
            RowScorer scorer,
            RowOutputs outputs,
            RowProgress progress,
            List<Part> parts,
            ExecutorService threads) {
        this.claim = claim;
        this.nonce = nonce;
        this.input = input;
        this.scorer = scorer;
        this.limits = service.limits();
        this.outputs = outputs;
        this.progress = progress;
        this.parts = List.copyOf(parts);
        this.window = new BatchWindow(threads, limits.parallel());
        this.answered = new AnsweredRows(input.cutter().position(), parts.isEmpty());
        this.scoredBefore = parts.stream().mapToLong(Part::rows).sum();
    }

    /** Scores rows until the time is over, the input ends, a batch fails or the claim is lost. */
    AnsweredRows score() {
        long began = System.nanoTime();
        long reported = began;
        boolean more = progress.save(claim, scored(), parts);
        while (send(more) && !window.isEmpty()) {
            RowCutter.Batch batch = window.first();
            try {
                answered.add(window.take());
            } catch (RemoteException e) {
                failure = about(batch, e);
                window.drain();
                atEnd = false;
                return answered;
            }
            long now = System.nanoTime();
            more = more && now - began < TIME.toNanos() && answered.bytes() < BYTES;
            if (more && now - reported > REPORT.toNanos()) {
                reported = now;
                more = progress.save(claim, scored(), parts);
            }
        }
        return answered;
    }

    /** Fills the window; returns true. */
    private boolean send(boolean more) {
        while (more && !atEnd && !window.isFull()) {
            RowCutter.Batch batch = input.cutter().next(limits.rows(), limits.bytes());
            if (batch == null) {
                atEnd = true;
            } else {
                window.add(batch, () -> answer(batch));
            }
        }
        return true;
    }

    private BatchAnswer answer(RowCutter.Batch batch) {
        BatchAnswer kept = kept(batch);
        if (kept != null) {
            return kept;
        }
        BatchAnswer answer = BatchAnswer.of(batch, scorer.score(input.table(batch)));
        outputs.put(claim, nonce, batch.from(), answer);
        return answer;
    }

    /**
     * The answer that an earlier slice has kept before it failed or its node died; null if there is none. No more batches were under
     * way then than are now, so after as many misses nothing is searched any more.
     */
    private @Nullable BatchAnswer kept(RowCutter.Batch batch) {
        if (missing.get() >= limits.parallel()) {
            return null;
        }
        try {
            BatchAnswer kept = outputs.answer(claim, nonce, batch.from());
            // cut by other settings, it is of no use
            return kept.to() == batch.to() ? kept : null;
        } catch (RemoteException.NotFound e) {
            missing.incrementAndGet();
            return null;
        }
    }

    private RemoteException about(RowCutter.Batch batch, RemoteException e) {
        if (e instanceof RemoteException.Rejected it) {
            String message = "rows %,d to %,d: %s".formatted(scored() + 1, scored() + batch.rows(), e.getMessage());
            return new RemoteException.Rejected(it.by(), it.code(), message, it.reason());
        }
        return e;
    }

    /** Whether all rows of the input are scored. */
    boolean isAtEnd() {
        return atEnd && window.isEmpty();
    }

    /** The rows that are scored, those of earlier slices included. */
    long scored() {
        return scoredBefore + answered.rows();
    }

    /** Why a batch could not be scored; null if none failed. */
    @Nullable
    RemoteException failure() {
        return failure;
    }
}
