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
 * A run whose cancellation was acknowledged has not finished. No job of a cancelled scoring runs at the end. After a
 * DELETE no start of the job is accepted and it does not become Running.
 *
 * <p>A job that an attempt names is not deleted before the decision to stop it is committed: the cancellation of its
 * run, the mark of the attempt that its deadline has passed, or that no scoring shares the job any more. A job that no attempt names may be deleted at any
 * time.
 *
 * <p>Named and unnamed: the same; a job whose cancellation is requested counts as running until the service says that it is
 * cancelled. Rows: the same of the runs; the calls do not tell what they belong to.
 */
public final class V8CancelledStaysCancelled {

    private final Evidence evidence;
    private final SnapshotIndex index;
    private final Violations violations = new Violations();

    private V8CancelledStaysCancelled(Evidence evidence) {
        this.evidence = evidence;
        this.index = new SnapshotIndex(evidence.database());
    }

    /** Checks the invariant; returns one line per violation. */
    public static List<String> violations(Evidence evidence) {
        V8CancelledStaysCancelled it = new V8CancelledStaysCancelled(evidence);
        it.acknowledged();
        for (RemoteJob job : RemoteJob.in(evidence.journal())) {
            it.afterwards(job);
            it.index.boundTo(job).ifPresent(attempt -> it.check(job, attempt));
        }
        return it.violations.list();
    }

    private void acknowledged() {
        for (DriverEntry entry : evidence.driver()) {
            if (entry instanceof CancelAcknowledged cancel) {
                evidence.database().runs().stream()
                        .filter(run -> run.id() == cancel.run())
                        .filter(run -> !Set.of("Cancelled", "Failed").contains(run.state()))
                        .forEach(run -> violations.add("Run %d was cancelled, and is %s", run.id(), run.state()));
            }
        }
    }

    private void afterwards(RemoteJob job) {
        job.deletes().stream()
                .map(JournalEntry::seq)
                .min(Long::compare)
                .ifPresent(deleted -> job.entries().stream()
                        .filter(entry -> entry.seq() > deleted)
                        .filter(entry -> Boolean.TRUE.equals(entry.fact("accepted")) || begins(entry))
                        .forEach(entry ->
                                violations.add("%s was started after it was deleted (line %d)", job, entry.seq())));
    }

    /** A job that is to be cancelled counts as running, too. */
    private static boolean begins(JournalEntry entry) {
        return "Running".equals(entry.fact("to")) && !"CancelRequested".equals(entry.fact("status"));
    }

    private void check(RemoteJob job, Attempt attempt) {
        Scoring scoring = index.scoring(attempt);
        violations.require(
                !scoring.state().equals("Cancelled") || !job.started() || job.ended(),
                "%s is cancelled, but its job %s is %s",
                index.describe(attempt),
                job.id(),
                job.state());
        for (JournalEntry delete : job.deletes()) {
            violations.require(
                    wasToStop(attempt, scoring, delete.at()),
                    "%s was deleted without a decision to stop it (line %d)",
                    job,
                    delete.seq());
        }
    }

    private boolean wasToStop(Attempt attempt, Scoring scoring, Instant time) {
        Run run = index.run(scoring);
        Instant asked = run.cancelRequestedAt();
        return (asked != null && !asked.isAfter(time))
                || evidence.database().moves().stream()
                        .filter(move -> move.scoring() != null && move.scoring() == scoring.id())
                        .filter(move -> move.attempt() != null && move.attempt() == attempt.number())
                        .anyMatch(move -> (isDeadline(move) || isAbandoned(move))
                                && !move.at().isAfter(time));
    }

    private static boolean isAbandoned(Move move) {
        return move.cause() != null && move.cause().startsWith("All scorings that share the job have ended");
    }

    private static boolean isDeadline(Move move) {
        return move.from().equals(move.to())
                && move.cause() != null
                && move.cause().contains("longer than its deadline");
    }
}
