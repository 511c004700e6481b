package dev.bes.testbench.checker.invariant;

import dev.bes.testbench.checker.analysis.RemoteJob;
import dev.bes.testbench.checker.analysis.RemoteJob.Purpose;
import dev.bes.testbench.checker.analysis.ServiceClasses;
import dev.bes.testbench.checker.analysis.SnapshotIndex;
import dev.bes.testbench.checker.analysis.Violations;
import dev.bes.testbench.checker.evidence.Evidence;
import dev.bes.testbench.checker.evidence.Snapshot.Attempt;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Of all jobs that were submitted for an attempt, as their output paths tell, at most one had its start accepted, and
 * it is the one that the attempt names.
 *
 * <p>Named: such a job is started when it is created, so there is one name for each attempt. Unnamed: a call may have made several
 * jobs, and the attempt names the oldest job of its call. Rows: there are no jobs.
 *
 * <p>A scoring that shares the job of a carrier has none of its own, and a carrier shares nobody's.
 */
public final class V4OneJobStartedPerAttempt {

    private V4OneJobStartedPerAttempt() {}

    /** Checks the invariant; returns one line per violation. */
    public static List<String> violations(Evidence evidence) {
        Violations violations = new Violations();
        SnapshotIndex index = new SnapshotIndex(evidence.database());
        ServiceClasses classes = ServiceClasses.of(evidence);
        Map<String, List<RemoteJob>> started = RemoteJob.in(evidence.journal()).stream()
                .filter(RemoteJob::started)
                .collect(Collectors.groupingBy(
                        job -> job.purpose().map(Purpose::toString).orElse("no attempt"),
                        TreeMap::new,
                        Collectors.toList()));
        started.forEach((purpose, jobs) -> {
            if (classes.mayHaveExtras(jobs.getFirst())) {
                isOldest(jobs, index, violations);
                return;
            }
            violations.require(jobs.size() == 1, "%d jobs were started for %s: %s", jobs.size(), purpose, jobs);
            for (RemoteJob job : jobs) {
                String own = index.submittedFor(job).map(Attempt::job).orElse("none");
                violations.require(own.equals(job.id()), "%s was started, but its attempt names %s", job, own);
            }
        });
        shared(evidence, index, violations);
        return violations.list();
    }

    private static void shared(Evidence evidence, SnapshotIndex index, Violations violations) {
        Set<Attempt> alone = RemoteJob.in(evidence.journal()).stream()
                .flatMap(job -> index.submittedFor(job).stream())
                .collect(Collectors.toSet());
        for (Attempt attempt : evidence.database().attempts()) {
            violations.require(
                    !attempt.isMember() || (attempt.job() == null && !alone.contains(attempt)),
                    "%s shares a job, and has one of its own",
                    index.describe(attempt));
            violations.require(
                    !attempt.isMember()
                            || index.carrier(attempt).filter(Attempt::isMember).isEmpty(),
                    "%s shares the job of an attempt that shares one itself",
                    index.describe(attempt));
        }
    }

    private static void isOldest(List<RemoteJob> jobs, SnapshotIndex index, Violations violations) {
        Set<Optional<UUID>> calls = new HashSet<>();
        for (RemoteJob job : jobs) {
            boolean isOldest = calls.add(job.nonce());
            violations.require(
                    isOldest || index.boundTo(job).isEmpty(),
                    "%s is named by its attempt, and is not the oldest of its call",
                    job);
        }
    }
}
