package dev.bes.testbench.checker.invariant;

import dev.bes.sandbox.journal.JournalEntry;
import dev.bes.testbench.checker.analysis.RemoteJob;
import dev.bes.testbench.checker.analysis.ServiceClasses;
import dev.bes.testbench.checker.analysis.SnapshotIndex;
import dev.bes.testbench.checker.analysis.Violations;
import dev.bes.testbench.checker.evidence.Evidence;
import dev.bes.testbench.checker.evidence.ServiceClass;
import dev.bes.testbench.checker.evidence.Snapshot.Scoring;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * For each scoring the number of started jobs is at most the number of its attempts, and both are at most what its
 * definition allows, not counting jobs that could not read their input. Each job but the last had ended when the next
 * one was started, Finished jobs included: their output may have been rejected. A finished scoring had at least one
 * job, or was scored by one call, or by the job of its carrier. Unnamed: jobs that no attempt names are left to
 * {@link V7OrphansNeverStarted}. Rows: a finished scoring had no job.
 */
public final class V12AttemptLimit {

    private V12AttemptLimit() {}

    /** Checks the invariant; returns one line per violation. */
    public static List<String> violations(Evidence evidence) {
        Violations violations = new Violations();
        SnapshotIndex index = new SnapshotIndex(evidence.database());
        ServiceClasses classes = ServiceClasses.of(evidence);
        Map<Long, Map<Integer, RemoteJob>> started = new HashMap<>();
        for (RemoteJob job : RemoteJob.in(evidence.journal())) {
            if (job.started()) {
                index.boundTo(job)
                        .ifPresent(
                                attempt -> started.computeIfAbsent(attempt.scoring(), key -> new java.util.TreeMap<>())
                                        .put(attempt.number(), job));
            }
        }
        for (Scoring scoring : evidence.database().scorings()) {
            Map<Integer, RemoteJob> jobs = started.getOrDefault(scoring.id(), Map.of());
            int allowed = index.run(scoring).attempts() + scoring.unreadableInputs();
            violations.require(
                    jobs.size() <= allowed && scoring.attempt() <= allowed,
                    "%s is at attempt %d with %d jobs started, and %d are allowed",
                    SnapshotIndex.describe(scoring),
                    scoring.attempt(),
                    jobs.size(),
                    allowed);
            violations.require(
                    !scoring.state().equals("Finished")
                            || !jobs.isEmpty()
                            || index.attempts(scoring).stream()
                                    .anyMatch(attempt -> attempt.answered()
                                            || attempt.carrier() != null
                                            || classes.of(attempt) == ServiceClass.ROWS),
                    "%s is finished without any job",
                    SnapshotIndex.describe(scoring));
            oneAfterTheOther(List.copyOf(jobs.values()), violations);
        }
        return violations.list();
    }

    private static void oneAfterTheOther(List<RemoteJob> jobs, Violations violations) {
        for (int i = 1; i < jobs.size(); i++) {
            RemoteJob before = jobs.get(i - 1);
            Instant start = jobs.get(i).starts().stream()
                    .map(JournalEntry::at)
                    .findFirst()
                    .orElseThrow();
            violations.require(
                    before.endedAt().filter(end -> !end.isAfter(start)).isPresent(),
                    "%s was started before the end of %s",
                    jobs.get(i),
                    before);
        }
    }
}
