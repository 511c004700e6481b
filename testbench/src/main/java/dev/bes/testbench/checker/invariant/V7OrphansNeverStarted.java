package dev.bes.testbench.checker.invariant;

import dev.bes.testbench.checker.analysis.FaultWindow;
import dev.bes.testbench.checker.analysis.RemoteJob;
import dev.bes.testbench.checker.analysis.ServiceClasses;
import dev.bes.testbench.checker.analysis.SnapshotIndex;
import dev.bes.testbench.checker.analysis.Violations;
import dev.bes.testbench.checker.evidence.CheckerSettings;
import dev.bes.testbench.checker.evidence.Evidence;
import dev.bes.testbench.checker.evidence.ServiceClass;
import dev.bes.testbench.checker.evidence.Snapshot;
import dev.bes.testbench.checker.evidence.Snapshot.Attempt;
import dev.bes.testbench.checker.evidence.Snapshot.Intent;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Orphans are jobs that no attempt names. None was ever started. Each belongs to an intent of its own without an id,
 * unless the driver duplicated calls at that time. Each is explained by a fault within {@link
 * CheckerSettings#recovery()} of its submit: a node may be killed some time after the submit, with a whole set of
 * replies.
 *
 * <p>Named: there are no orphans, since a job runs under the name that its attempt has had before. Unnamed: an orphan is at work from its
 * call on, and is cancelled. Two are not searched: a job whose call came when its attempt had another one or was over, as of a node that
 * slept, which only that node can cancel; and one more job of a call that the driver duplicated. Rows: there are no jobs.
 */
public final class V7OrphansNeverStarted {

    private V7OrphansNeverStarted() {}

    /** Checks the invariant; returns one line per violation. */
    public static List<String> violations(Evidence evidence) {
        Violations violations = new Violations();
        Set<String> known = evidence.database().attempts().stream()
                .map(Attempt::job)
                .filter(Objects::nonNull)
                .collect(Collectors.toSet());
        List<FaultWindow> faults = FaultWindow.in(evidence.driver());
        ServiceClasses classes = ServiceClasses.of(evidence);
        Set<UUID> unbound = unbound(evidence.database(), classes);
        for (RemoteJob orphan : RemoteJob.in(evidence.journal())) {
            if (known.contains(orphan.id())) {
                continue;
            }
            if (classes.mayHaveExtras(orphan)) {
                violations.require(isStopped(orphan, evidence), "%s is an extra job, and was not cancelled", orphan);
            } else {
                violations.require(!orphan.started(), "%s was started, but no attempt names it", orphan);
            }
            violations.require(
                    orphan.nonce().filter(unbound::remove).isPresent()
                            || V3EverySubmitHasIntent.isResent(orphan, evidence),
                    "%s is one more than there are intents without an id",
                    orphan);
            violations.require(
                    FaultWindow.explains(
                            faults, orphan.submit().at(), evidence.policy().recovery()),
                    "%s was left behind, and no fault explains it",
                    orphan);
        }
        return violations.list();
    }

    private static boolean isStopped(RemoteJob extra, Evidence evidence) {
        return !extra.deletes().isEmpty()
                || V3EverySubmitHasIntent.isResent(extra, evidence)
                || isLate(extra, evidence);
    }

    /** Whether its attempt already had a job, or had ended, when it was created. */
    private static boolean isLate(RemoteJob extra, Evidence evidence) {
        SnapshotIndex index = new SnapshotIndex(evidence.database());
        Attempt attempt = index.submittedFor(extra).orElse(null);
        if (attempt == null) {
            return false;
        }
        Instant ended = index.run(index.scoring(attempt)).endedAt();
        return RemoteJob.in(evidence.journal()).stream()
                        .anyMatch(job -> job.id().equals(attempt.job())
                                && job.submit().seq() < extra.submit().seq())
                || (ended != null && ended.isBefore(extra.submit().at()));
    }

    /** An attempt of an unnamed job has the nonce of its last call before it has a job. */
    private static Set<UUID> unbound(Snapshot database, ServiceClasses classes) {
        Set<UUID> bound = database.attempts().stream()
                .filter(attempt -> attempt.job() != null || classes.of(attempt) != ServiceClass.UNNAMED)
                .map(Attempt::nonce)
                .filter(Objects::nonNull)
                .collect(Collectors.toSet());
        return database.intents().stream()
                .map(Intent::nonce)
                .filter(nonce -> !bound.contains(nonce))
                .collect(Collectors.toSet());
    }
}
