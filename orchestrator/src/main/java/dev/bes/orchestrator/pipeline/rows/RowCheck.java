package dev.bes.orchestrator.pipeline.rows;

import dev.bes.orchestrator.pipeline.RecentBlobs;
import dev.bes.orchestrator.remote.RemoteException.By;
import dev.bes.orchestrator.remote.RemoteException.Reason;
import dev.bes.orchestrator.remote.RemoteException.Rejected;
import dev.bes.orchestrator.remote.RowService;
import dev.bes.orchestrator.remote.RowService.InvalidCellException;
import dev.bes.orchestrator.remote.RowService.RowScorer;
import dev.bes.orchestrator.remote.blob.Blobs;
import dev.bes.orchestrator.run.Claim;
import java.util.Objects;
import org.springframework.stereotype.Component;

/** Checks every cell of a staged input against the model before the first batch is sent. */
@Component
public class RowCheck {
    private static final int ROWS = 10_000;
    private static final int BYTES = 1024 * 1024;

    private final Blobs blobs;
    private final RecentBlobs recent;

    public RowCheck(Blobs blobs, RecentBlobs recent) {
        this.blobs = blobs;
        this.recent = recent;
    }

    /**
     * Checks the input of a scoring.
     *
     * @throws Rejected if the model cannot score it; the message has line and column
     * @throws dev.bes.orchestrator.remote.RemoteException if the model or the blob store cannot be asked
     */
    public void check(RowService service, Claim claim) {
        RowColumns input = RowColumns.open(blobs, recent, claim);
        RowScorer scorer = service.prepare(input.columns());
        for (RowCutter.Batch batch = input.cutter().next(ROWS, BYTES);
                batch != null;
                batch = input.cutter().next(ROWS, BYTES)) {
            try {
                scorer.check(input.table(batch));
            } catch (InvalidCellException e) {
                long line = line(claim, batch.from()) + RowCutter.linesUntil(batch.content(), e.row());
                throw new Rejected(
                        By.UNKNOWN, "", "Line %,d of the input, %s".formatted(line, e.getMessage()), Reason.REQUEST);
            }
        }
    }

    /** The line that begins at a byte of the input. Lines are counted only to name one. */
    private long line(Claim claim, long at) {
        RowColumns input = RowColumns.open(blobs, recent, claim);
        long line = 1L + input.headerLines();
        while (input.cutter().position() < at) {
            line += RowCutter.lines(
                    Objects.requireNonNull(input.cutter().next(ROWS, BYTES)).content());
        }
        return line;
    }
}
