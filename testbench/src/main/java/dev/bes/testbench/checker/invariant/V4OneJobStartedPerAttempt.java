package dev.bes.testbench.checker.invariant;

import dev.bes.testbench.checker.analysis.RemoteJob;
import dev.bes.testbench.checker.analysis.RemoteJob.Purpose;
import dev.bes.testbench.checker.analysis.SnapshotIndex;
import dev.bes.testbench.checker.analysis.Violations;
import dev.bes.testbench.checker.evidence.Evidence;
import dev.bes.testbench.checker.evidence.Snapshot.Attempt;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Of all jobs that were submitted for an attempt, as their output paths tell, at most one had its start accepted, and
 * it is the one that the attempt names.
 */
public final class V4OneJobStartedPerAttempt {

    private V4OneJobStartedPerAttempt() {}

    /** Checks the invariant; returns one line per violation. */
    public static List<String> violations(Evidence evidence) {
        Violations violations = new Violations();
        SnapshotIndex index = new SnapshotIndex(evidence.database());
        Map<String, List<RemoteJob>> started = RemoteJob.in(evidence.journal()).stream()
                .filter(RemoteJob::started)
                .collect(Collectors.groupingBy(
                        job -> job.purpose().map(Purpose::toString).orElse("no attempt"),
                        TreeMap::new,
                        Collectors.toList()));
        started.forEach((purpose, jobs) -> {
            violations.require(jobs.size() == 1, "%d jobs were started for %s: %s", jobs.size(), purpose, jobs);
            for (RemoteJob job : jobs) {
                String own = index.submittedFor(job).map(Attempt::job).orElse("none");
                violations.require(own.equals(job.id()), "%s was started, but its attempt names %s", job, own);
            }
        });
        return violations.list();
    }
}
