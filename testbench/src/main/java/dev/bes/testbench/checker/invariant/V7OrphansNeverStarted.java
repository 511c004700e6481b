package dev.bes.testbench.checker.invariant;

import dev.bes.testbench.checker.analysis.FaultWindow;
import dev.bes.testbench.checker.analysis.RemoteJob;
import dev.bes.testbench.checker.analysis.Violations;
import dev.bes.testbench.checker.evidence.CheckerSettings;
import dev.bes.testbench.checker.evidence.Evidence;
import dev.bes.testbench.checker.evidence.Snapshot;
import dev.bes.testbench.checker.evidence.Snapshot.Attempt;
import dev.bes.testbench.checker.evidence.Snapshot.Intent;
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
        Set<UUID> unbound = unbound(evidence.database());
        List<FaultWindow> faults = FaultWindow.in(evidence.driver());
        for (RemoteJob orphan : RemoteJob.in(evidence.journal())) {
            if (known.contains(orphan.id())) {
                continue;
            }
            violations.require(!orphan.started(), "%s was started, but no attempt names it", orphan);
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

    private static Set<UUID> unbound(Snapshot database) {
        Set<UUID> bound = database.attempts().stream()
                .map(Attempt::nonce)
                .filter(Objects::nonNull)
                .collect(Collectors.toSet());
        return database.intents().stream()
                .map(Intent::nonce)
                .filter(nonce -> !bound.contains(nonce))
                .collect(Collectors.toSet());
    }
}
