package dev.bes.orchestrator.pipeline.rows;

import dev.bes.orchestrator.remote.RemoteException;
import dev.bes.orchestrator.remote.RowService;
import dev.bes.orchestrator.remote.RowService.Limits;
import dev.bes.orchestrator.remote.RowService.RowScorer;
import dev.bes.orchestrator.run.Claim;
import dev.bes.orchestrator.run.Claim.RowPart;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/**
 * One slice of the rows of a scoring: sends batches side by side, and keeps each answer before another batch takes its place. The
 * answers to the last ones of the input need not be kept: they are in the output at once, and no more than may be under way.
 */
final class RowSlice {
    private static final Duration TIME = Duration.ofSeconds(5);
    private static final Duration REPORT = Duration.ofSeconds(1);
    private static final long BYTES = 16L * 1024 * 1024;

    private final RowColumns input;
    private final RowScorer scorer;
    private final BatchQueue queue;
    private final KeptAnswers kept;
    private final LongPredicate progress;
    private final BatchWindow window;
    private final AnsweredRows answered;
    private final long scoredBefore;
    private boolean begun;
    private boolean atEnd;
    private @Nullable RemoteException failure;

    /**
     * Begins where the input is.
     *
     * @param progress saves how many rows are scored; false if the claim does not hold any more
     */
    RowSlice(
            Claim claim,
            UUID nonce,
            RowColumns input,
            RowService service,
            RowScorer scorer,
            RowOutputs outputs,
            LongPredicate progress,
            ExecutorService threads) {
        this.input = input;
        this.scorer = scorer;
        Limits limits = service.limits();
        this.queue = new BatchQueue(input.cutter(), limits);
        // before the first slice nothing was kept, so there is nothing to be found
        @Nullable List<RowPart> before = claim.known().rowParts();
        List<RowPart> parts = Objects.requireNonNullElse(before, List.of());
        this.begun = before != null;
        this.kept = new KeptAnswers(outputs, claim, nonce, begun ? limits.parallel() : 0);
        this.progress = progress;
        this.window = new BatchWindow(threads, limits.parallel());
        this.answered = new AnsweredRows(input.cutter().position(), parts.isEmpty());
        this.scoredBefore = parts.stream().mapToLong(RowPart::rows).sum();
    }

    /** Scores rows until the time is over, the input ends, a batch fails or the claim is lost. */
    AnsweredRows score() {
        long began = System.nanoTime();
        long reported = began;
        boolean more = send();
        while (!window.isEmpty()) {
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
                more = progress.test(scored());
            }
            more = more && send();
        }
        return answered;
    }

    /** Fills the window; returns false if the claim does not hold any more. */
    private boolean send() {
        while (!atEnd && !window.isFull()) {
            RowCutter.Batch batch = queue.next();
            if (batch == null) {
                atEnd = true;
            } else {
                boolean keep = !queue.wasOneOfTheLast();
                if (keep && !begun) {
                    // later slices search for kept answers only after this
                    begun = progress.test(scored());
                    if (!begun) {
                        return false;
                    }
                }
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
