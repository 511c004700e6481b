package dev.bes.testbench.checker.invariant;

import dev.bes.sandbox.journal.JournalEntry;
import dev.bes.sandbox.journal.JournalEntry.Event;
import dev.bes.testbench.checker.analysis.RemoteJob;
import dev.bes.testbench.checker.analysis.Violations;
import dev.bes.testbench.checker.evidence.Evidence;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * When the remote side accepts a start, no other job of the same scoring is started and unfinished. And no job has
 * its start accepted twice: a remote side that accepts a second start executes the job twice, even if one execution
 * follows the other.
 */
public final class V5OneJobRunningPerScoring {

    private V5OneJobRunningPerScoring() {}

    /** Checks the invariant; returns one line per violation. */
    public static List<String> violations(Evidence evidence) {
        Violations violations = new Violations();
        Map<String, RemoteJob> jobs =
                RemoteJob.in(evidence.journal()).stream().collect(Collectors.toMap(RemoteJob::id, Function.identity()));
        Map<String, String> running = new HashMap<>();
        for (JournalEntry entry : evidence.journal()) {
            RemoteJob job = entry.job() == null ? null : jobs.get(entry.job());
            if (job != null) {
                follow(entry, job, running, violations);
            }
        }
        jobs.values().stream()
                .filter(job -> job.starts().size() > 1)
                .forEach(job -> violations.add(
                        "%s was started %d times", job, job.starts().size()));
        return violations.list();
    }

    private static void follow(JournalEntry entry, RemoteJob job, Map<String, String> running, Violations violations) {
        String scoring = job.purpose()
                .map(it -> "run %d, scoring %d".formatted(it.run(), it.position()))
                .orElse(job.id());
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
