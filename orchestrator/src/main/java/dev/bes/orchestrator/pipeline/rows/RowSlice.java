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
import org.jspecify.annotations.Nullable;

/**
 * One slice of the rows of a scoring: sends batches side by side, and keeps each answer before another batch takes its place. The
 * answers to the last ones of the input need not be kept: they are in the output at once, and no more than may be under way.
 */
final class RowSlice {
    private static final Duration TIME = Duration.ofSeconds(5);
    private static final Duration REPORT = Duration.ofSeconds(1);
    private static final long BYTES = 16L * 1024 * 1024;

    private final Claim claim;
    private final RowColumns input;
    private final RowScorer scorer;
    private final BatchQueue queue;
    private final KeptAnswers kept;
    private final RowProgress progress;
    private final List<Part> parts;
    private final BatchWindow window;
    private final AnsweredRows answered;
    private final long scoredBefore;
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
            RowProgress.Progress before,
            ExecutorService threads) {
        this.claim = claim;
        this.input = input;
        this.scorer = scorer;
        Limits limits = service.limits();
        this.queue = new BatchQueue(input.cutter(), limits);
        // before the first slice nothing was sent, so there is nothing to be found
        this.kept = new KeptAnswers(outputs, claim, nonce, before.begun() ? limits.parallel() : 0);
        this.progress = progress;
        this.parts = before.parts();
        this.window = new BatchWindow(threads, limits.parallel());
        this.answered = new AnsweredRows(input.cutter().position(), parts.isEmpty());
        this.scoredBefore = parts.stream().mapToLong(Part::rows).sum();
    }

    /** Scores rows until the time is over, the input ends, a batch fails or the claim is lost. */
    AnsweredRows score() {
        long began = System.nanoTime();
        long reported = began;
        boolean more = true;
        while (send(more) && !window.isEmpty()) {
            RowCutter.Batch batch = window.first();
            try {
                answered.add(window.take());
            } catch (RemoteException e) {
                failure = about(batch, e);
                window.drain(kept::keep);
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
            RowCutter.Batch batch = queue.next();
            if (batch == null) {
                atEnd = true;
            } else {
                boolean keep = !queue.wasOneOfTheLast();
                window.add(batch, keep, () -> answer(batch, keep));
            }
        }
        return true;
    }

    private BatchAnswer answer(RowCutter.Batch batch, boolean keep) {
        BatchAnswer found = kept.find(batch);
        if (found != null) {
            return found;
        }
        BatchAnswer answer = BatchAnswer.of(batch, scorer.score(input.table(batch)));
        if (keep) {
            kept.keep(batch, answer);
        }
        return answer;
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
