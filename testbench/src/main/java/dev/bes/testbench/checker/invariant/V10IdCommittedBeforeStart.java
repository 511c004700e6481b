package dev.bes.testbench.checker.invariant;

import dev.bes.sandbox.journal.JournalEntry;
import dev.bes.testbench.checker.analysis.RemoteJob;
import dev.bes.testbench.checker.analysis.SnapshotIndex;
import dev.bes.testbench.checker.analysis.Violations;
import dev.bes.testbench.checker.evidence.Evidence;
import dev.bes.testbench.checker.evidence.Snapshot;
import dev.bes.testbench.checker.evidence.Snapshot.Attempt;
import dev.bes.testbench.checker.evidence.Snapshot.Move;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * No start is accepted before the move that binds the job was committed. Both times come from clocks of one machine;
 * one millisecond is allowed for rounding. With {@code track_commit_timestamp} the database gives the time of the
 * commit; otherwise the time in the row is used, which is slightly earlier. A start without a committed binding is
 * left to V4 and V7.
 *
 * <p>Named: the same; a job is started when it is created, and its id is its name. Unnamed: no job begins before the move that writes
 * down the call, with its nonce, was committed. Rows: there are no starts.
 */
public final class V10IdCommittedBeforeStart {

    private static final Duration ROUNDING = Duration.ofMillis(1);

    private V10IdCommittedBeforeStart() {}

    /** Checks the invariant; returns one line per violation. */
    public static List<String> violations(Evidence evidence) {
        Violations violations = new Violations();
        SnapshotIndex index = new SnapshotIndex(evidence.database());
        for (RemoteJob job : RemoteJob.in(evidence.journal())) {
            Optional<Instant> bound = index.boundTo(job).flatMap(attempt -> bound(attempt, evidence.database()));
            for (JournalEntry start : job.starts()) {
                violations.require(
                        bound.isEmpty() || !start.at().isBefore(bound.get().minus(ROUNDING)),
                        "%s was started at %s, and bound only at %s",
                        job,
                        start.at(),
                        bound.orElse(null));
            }
        }
        return violations.list();
    }

    private static Optional<Instant> bound(Attempt attempt, Snapshot database) {
        return database.moves().stream()
                .filter(move -> Objects.equals(move.scoring(), attempt.scoring()))
                .filter(move -> Objects.equals(move.attempt(), attempt.number()))
                .filter(move ->
                        move.to().equals("SUBMITTED NotStarted") && !move.from().equals(move.to()))
                .map(Move::at)
                .findFirst()
                .or(() -> Optional.ofNullable(attempt.submittedAt()));
    }
}
