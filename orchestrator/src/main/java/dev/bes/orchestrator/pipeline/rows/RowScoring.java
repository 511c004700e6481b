package dev.bes.orchestrator.pipeline.rows;

import dev.bes.orchestrator.pipeline.Outcome;
import dev.bes.orchestrator.pipeline.RecentBlobs;
import dev.bes.orchestrator.pipeline.RetryPolicy;
import dev.bes.orchestrator.remote.RemoteException;
import dev.bes.orchestrator.remote.RowService;
import dev.bes.orchestrator.remote.blob.Blobs;
import dev.bes.orchestrator.run.Claim;
import dev.bes.orchestrator.run.Claim.RowPart;
import dev.bes.orchestrator.run.Move;
import dev.bes.orchestrator.run.State;
import dev.bes.orchestrator.run.StopReason;
import dev.bes.orchestrator.run.move.RowProgress;
import dev.bes.orchestrator.text.DurationWords;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Scores the rows of started scorings, slice by slice. A slice ends after some seconds, so that a large input does not delay the
 * others, and any node goes on after it. Each answer is kept: a node that dies repeats at most the batches that were under way.
 */
@Component
public class RowScoring {
    /** The word of the history for the states that a job would report. */
    private static final String WORD = "rows in batches";

    private final Blobs blobs;
    private final RecentBlobs recent;
    private final RowOutputs outputs;
    private final RowProgress progress;
    private final RetryPolicy retryPolicy;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    public RowScoring(Blobs blobs, RecentBlobs recent, RowProgress progress, RetryPolicy retryPolicy) {
        this.blobs = blobs;
        this.recent = recent;
        this.outputs = new RowOutputs(blobs, recent);
        this.progress = progress;
        this.retryPolicy = retryPolicy;
    }

    /** Scores some rows of a scoring, or ends it if it is being stopped. */
    public Outcome work(RowService service, Claim claim) {
        if (claim.stopReason() == StopReason.CANCEL) {
            return Outcome.move(Move.cancelled(claim, "cancelled on request", null));
        }
        if (isOverdue(claim)) {
            return retryPolicy.nextAttemptOrFail(
                    claim,
                    "The rows were not scored within the deadline of "
                            + DurationWords.of(claim.definition().deadline()),
                    null);
        }
        try {
            return slice(service, claim);
        } catch (RemoteException e) {
            return failed(claim, e);
        }
    }

    private static boolean isOverdue(Claim claim) {
        Duration since = claim.known().sinceStarted();
        return since != null && since.compareTo(claim.definition().deadline()) > 0;
    }

    private Outcome slice(RowService service, Claim claim) {
        UUID nonce = Objects.requireNonNull(claim.known().nonce());
        RowColumns input = RowColumns.open(blobs, recent, claim);
        List<RowPart> before = Objects.requireNonNullElse(claim.known().rowParts(), List.of());
        boolean first = before.isEmpty();
        long from = first ? input.cutter().position() : before.getLast().to();
        input.cutter().moveTo(from);
        RowSlice slice = new RowSlice(
                claim,
                nonce,
                input,
                service,
                service.prepare(input.columns()),
                outputs,
                rows -> progress.save(claim, rows, before),
                threads);
        AnsweredRows rows = slice.score();
        boolean done = slice.isAtEnd();
        if (done && first) {
            outputs.putWhole(claim, nonce, rows);
            return Outcome.move(Move.scored(claim, WORD, slice.scored()));
        }
        List<RowPart> parts = new ArrayList<>(before);
        if (rows.rows() > 0) {
            RowPart part = new RowPart(from, rows.to(), rows.rows());
            outputs.put(claim, nonce, part, rows);
            parts.add(part);
        }
        boolean held = progress.save(claim, slice.scored(), parts);
        if (done && held) {
            outputs.compose(claim, nonce, parts);
        }
        return outcome(claim, slice, done);
    }

    private Outcome outcome(Claim claim, RowSlice slice, boolean done) {
        @Nullable RemoteException failure = slice.failure();
        if (failure != null) {
            return failed(claim, failure);
        }
        if (done) {
            return Outcome.move(Move.scored(claim, WORD, slice.scored()));
        }
        return claim.scoringState().state() == State.NOT_STARTED
                ? Outcome.move(Move.running(claim, Duration.ZERO, WORD))
                : Outcome.deferred(claim, Duration.ZERO, null);
    }

    /** Only a refusal of the rows themselves fails the scoring; everything else may be over the next time. */
    private Outcome failed(Claim claim, RemoteException e) {
        return e instanceof RemoteException.Rejected
                ? Outcome.move(Move.failed(claim, "The rows were not scored: " + e.getMessage(), null))
                : retryPolicy.retryCall(claim, "Some rows are scored again later: ", e);
    }
}
