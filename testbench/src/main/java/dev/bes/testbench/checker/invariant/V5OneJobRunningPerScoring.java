package dev.bes.testbench.checker.invariant;

import dev.bes.sandbox.journal.JournalEntry;
import dev.bes.sandbox.journal.JournalEntry.Event;
import dev.bes.testbench.checker.analysis.FaultWindow;
import dev.bes.testbench.checker.analysis.RemoteJob;
import dev.bes.testbench.checker.analysis.RowsOfAttempts;
import dev.bes.testbench.checker.analysis.ScoredRows;
import dev.bes.testbench.checker.analysis.ServiceClasses;
import dev.bes.testbench.checker.analysis.SnapshotIndex;
import dev.bes.testbench.checker.analysis.Violations;
import dev.bes.testbench.checker.evidence.Evidence;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * When the remote side accepts a start, no other job of the same scoring is started and unfinished. And no job has
 * its start accepted twice: a remote side that accepts a second start executes the job twice, even if one execution
 * follows the other.
 * The job of a carrier is one of each scoring that shares it.
 *
 * <p>Named: the same; a job is started when it is created. Unnamed: the same of the jobs that attempts name; extra ones are left to
 * {@link V7OrphansNeverStarted}. Rows: the answer to a batch is given once for each time that it is used, and once more only if
 * a fault explains that the batch was sent again: it was under way then.
 */
public final class V5OneJobRunningPerScoring {

    private V5OneJobRunningPerScoring() {}

    /** Checks the invariant; returns one line per violation. */
    public static List<String> violations(Evidence evidence) {
        Violations violations = new Violations();
        Map<String, RemoteJob> jobs =
                RemoteJob.in(evidence.journal()).stream().collect(Collectors.toMap(RemoteJob::id, Function.identity()));
        ServiceClasses classes = ServiceClasses.of(evidence);
        SnapshotIndex index = new SnapshotIndex(evidence.database());
        jobs.values()
                .removeIf(
                        job -> classes.mayHaveExtras(job) && index.boundTo(job).isEmpty());
        Map<String, String> running = new HashMap<>();
        for (JournalEntry entry : evidence.journal()) {
            RemoteJob job = entry.job() == null ? null : jobs.get(entry.job());
            if (job != null) {
                for (String scoring : scorings(job, index)) {
                    follow(entry, job, scoring, running, violations);
                }
            }
        }
        jobs.values().stream()
                .filter(job -> job.starts().size() > 1)
                .forEach(job -> violations.add(
                        "%s was started %d times", job, job.starts().size()));
        if (classes.haveRows()) {
            batches(evidence, violations);
        }
        return violations.list();
    }

    private static void batches(Evidence evidence, Violations violations) {
        Map<String, Long> used = RowsOfAttempts.of(evidence).usedAnswers();
        List<FaultWindow> faults = FaultWindow.in(evidence.driver());
        Map<String, List<JournalEntry>> given = ScoredRows.executions(evidence.journal())
                .collect(Collectors.groupingBy(entry -> String.valueOf(entry.fact("sha256"))));
        given.forEach((answer, calls) -> {
            long expected = Math.max(1, used.getOrDefault(answer, 0L));
            violations.require(
                    calls.size() <= expected
                            || FaultWindow.explains(
                                    faults,
                                    calls.getLast().at(),
                                    evidence.policy().recovery()),
                    "A batch was scored %d times, and its answer was used %d times (line %d)",
                    calls.size(),
                    expected,
                    calls.getLast().seq());
        });
    }

    /** The scorings that a job is one of: that which it was submitted for, and those which share it. */
    private static List<String> scorings(RemoteJob job, SnapshotIndex index) {
        String own = job.purpose()
                .map(it -> "run %d, scoring %d".formatted(it.run(), it.position()))
                .orElse(job.id());
        return Stream.concat(
                        Stream.of(own),
                        index.submittedFor(job).stream()
                                .flatMap(attempt -> index.members(attempt).stream())
                                .map(member -> SnapshotIndex.describe(index.scoring(member))))
                .toList();
    }

    private static void follow(
            JournalEntry entry, RemoteJob job, String scoring, Map<String, String> running, Violations violations) {
        if (entry.event() == Event.START && Boolean.TRUE.equals(entry.fact("accepted"))) {
            String other = running.put(scoring, job.id());
            violations.require(
                    other == null || other.equals(job.id()),
                    "%s: job %s was started while job %s was running (line %d)",
                    scoring,
                    job.id(),
                    other,
                    entry.seq());
        }
        if (entry.event() == Event.STATE && RemoteJob.ENDS.contains(RemoteJob.to(entry))) {
            running.remove(scoring, job.id());
        }
    }
}
