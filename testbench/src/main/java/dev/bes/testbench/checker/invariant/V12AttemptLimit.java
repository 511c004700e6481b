package dev.bes.testbench.checker.invariant;

import dev.bes.sandbox.journal.JournalEntry;
import dev.bes.testbench.checker.analysis.RemoteJob;
import dev.bes.testbench.checker.analysis.SnapshotIndex;
import dev.bes.testbench.checker.analysis.Violations;
import dev.bes.testbench.checker.evidence.Evidence;
import dev.bes.testbench.checker.evidence.Snapshot.Attempt;
import dev.bes.testbench.checker.evidence.Snapshot.Scoring;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * For each scoring so many jobs were started as it made attempts that came to a start, and never more than its definition
 * allows, not counting jobs that could not read their input; each but the last was at its end when the next one was started. That is also true of a job that Finished:
 * its output may have been no good. A scoring that is Finished had at least one, or was
 * answered at once, which takes no job.
 */
public final class V12AttemptLimit {

    private V12AttemptLimit() {}

    public static List<String> violations(Evidence evidence) {
        Violations found = new Violations();
        SnapshotIndex books = new SnapshotIndex(evidence.database());
        Map<Long, Map<Integer, RemoteJob>> started = new HashMap<>();
        for (RemoteJob job : RemoteJob.in(evidence.journal())) {
            if (job.started()) {
                books.boundTo(job)
                        .ifPresent(
                                attempt -> started.computeIfAbsent(attempt.scoring(), key -> new java.util.TreeMap<>())
                                        .put(attempt.n(), job));
            }
        }
        for (Scoring scoring : evidence.database().scorings()) {
            Map<Integer, RemoteJob> jobs = started.getOrDefault(scoring.id(), Map.of());
            int allowed = books.run(scoring).attempts() + scoring.unread();
            found.unless(
                    jobs.size() <= allowed && scoring.attempt() <= allowed,
                    "%s is at attempt %d with %d jobs started, and %d are allowed",
                    SnapshotIndex.words(scoring),
                    scoring.attempt(),
                    jobs.size(),
                    allowed);
            found.unless(
                    !scoring.state().equals("Finished")
                            || !jobs.isEmpty()
                            || books.attempts(scoring).stream().anyMatch(Attempt::answered),
                    "%s is finished without any job",
                    SnapshotIndex.words(scoring));
            oneAfterTheOther(List.copyOf(jobs.values()), found);
        }
        return found.list();
    }

    private static void oneAfterTheOther(List<RemoteJob> jobs, Violations found) {
        for (int i = 1; i < jobs.size(); i++) {
            RemoteJob before = jobs.get(i - 1);
            Instant start = jobs.get(i).starts().stream()
                    .map(JournalEntry::at)
                    .findFirst()
                    .orElseThrow();
            found.unless(
                    before.endedAt().filter(end -> !end.isAfter(start)).isPresent(),
                    "%s was started before the end of %s",
                    jobs.get(i),
                    before);
        }
    }
}
