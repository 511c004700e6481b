package dev.bes.testbench.checker.invariant;

import dev.bes.sandbox.journal.JournalEntry;
import dev.bes.testbench.checker.analysis.RemoteJob;
import dev.bes.testbench.checker.analysis.SnapshotIndex;
import dev.bes.testbench.checker.analysis.Violations;
import dev.bes.testbench.checker.evidence.DriverEntry;
import dev.bes.testbench.checker.evidence.DriverEntry.CancelAcknowledged;
import dev.bes.testbench.checker.evidence.Evidence;
import dev.bes.testbench.checker.evidence.Snapshot.Attempt;
import dev.bes.testbench.checker.evidence.Snapshot.Move;
import dev.bes.testbench.checker.evidence.Snapshot.Run;
import dev.bes.testbench.checker.evidence.Snapshot.Scoring;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * A run whose cancellation was acknowledged has not finished. Of a scoring that was cancelled no job is at work at the
 * end. Of no job a start is accepted, or a Running noted, after a DELETE.
 *
 * <p>And the other way round: a job that an attempt names is not deleted before the decision to stop it is committed: the
 * cancellation of its run, or a move of the attempt that stays in its place because of the deadline. A job that no
 * attempt names may be deleted at any time.
 */
public final class V8CancelledStaysCancelled {

    private final Evidence evidence;
    private final SnapshotIndex books;
    private final Violations found = new Violations();

    private V8CancelledStaysCancelled(Evidence evidence) {
        this.evidence = evidence;
        this.books = new SnapshotIndex(evidence.database());
    }

    public static List<String> violations(Evidence evidence) {
        V8CancelledStaysCancelled it = new V8CancelledStaysCancelled(evidence);
        it.acknowledged();
        for (RemoteJob job : RemoteJob.in(evidence.journal())) {
            it.afterwards(job);
            it.books.boundTo(job).ifPresent(attempt -> it.judge(job, attempt));
        }
        return it.found.list();
    }

    private void acknowledged() {
        for (DriverEntry entry : evidence.driver()) {
            if (entry instanceof CancelAcknowledged cancel) {
                evidence.database().runs().stream()
                        .filter(run -> run.id() == cancel.run())
                        .filter(run -> !Set.of("Cancelled", "Failed").contains(run.state()))
                        .forEach(run -> found.add("Run %d was cancelled, and is %s", run.id(), run.state()));
            }
        }
    }

    private void afterwards(RemoteJob job) {
        job.deletes().stream()
                .map(JournalEntry::seq)
                .min(Long::compare)
                .ifPresent(deleted -> job.entries().stream()
                        .filter(entry -> entry.seq() > deleted)
                        .filter(entry ->
                                Boolean.TRUE.equals(entry.fact("accepted")) || "Running".equals(entry.fact("to")))
                        .forEach(
                                entry -> found.add("%s was started after it was deleted (line %d)", job, entry.seq())));
    }

    private void judge(RemoteJob job, Attempt attempt) {
        Scoring scoring = books.scoring(attempt);
        found.unless(
                !scoring.state().equals("Cancelled") || !job.started() || job.ended(),
                "%s is cancelled, but its job %s is %s",
                books.words(attempt),
                job.id(),
                job.state());
        for (JournalEntry delete : job.deletes()) {
            found.unless(
                    wasToStop(attempt, scoring, delete.at()),
                    "%s was deleted, and nobody had decided to stop it (line %d)",
                    job,
                    delete.seq());
        }
    }

    private boolean wasToStop(Attempt attempt, Scoring scoring, Instant time) {
        Run run = books.run(scoring);
        Instant asked = run.cancelAskedAt();
        return (asked != null && !asked.isAfter(time))
                || evidence.database().moves().stream()
                        .filter(move -> move.scoring() != null && move.scoring() == scoring.id())
                        .filter(move -> move.attempt() != null && move.attempt() == attempt.n())
                        .anyMatch(move -> isDeadline(move) && !move.at().isAfter(time));
    }

    private static boolean isDeadline(Move move) {
        return move.from().equals(move.to())
                && move.cause() != null
                && move.cause().contains("longer than its deadline");
    }
}
