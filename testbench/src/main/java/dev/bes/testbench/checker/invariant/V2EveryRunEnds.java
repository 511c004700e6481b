package dev.bes.testbench.checker.invariant;

import dev.bes.testbench.checker.analysis.FaultWindow;
import dev.bes.testbench.checker.analysis.ObservationPeriod;
import dev.bes.testbench.checker.analysis.RemoteJob;
import dev.bes.testbench.checker.analysis.SnapshotIndex;
import dev.bes.testbench.checker.analysis.Violations;
import dev.bes.testbench.checker.evidence.CheckerSettings;
import dev.bes.testbench.checker.evidence.Evidence;
import dev.bes.testbench.checker.evidence.Snapshot.Run;
import dev.bes.testbench.checker.evidence.Snapshot.Scoring;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Every run has ended not later than {@link CheckerSettings#recovery()} after its trigger or after the last fault, whichever came
 * later; or each of its scorings that has not ended is parked, with a cause. A run that a schedule began when the driver had
 * stopped looking may be under way. A fault that the driver never ended is a
 * violation itself: without an end there is nothing to judge.
 */
public final class V2EveryRunEnds {

    private V2EveryRunEnds() {}

    public static List<String> violations(Evidence evidence) {
        Violations found = new Violations();
        SnapshotIndex books = new SnapshotIndex(evidence.database());
        List<FaultWindow> faults = FaultWindow.in(evidence.driver());
        Instant healed = Instant.MIN;
        for (FaultWindow fault : faults) {
            Instant ended = fault.ended();
            found.unless(ended != null, "Fault %s has not ended", fault.begun().id());
            healed = ended == null || ended.isBefore(healed) ? healed : ended;
        }
        for (Run run : evidence.database().runs()) {
            if (run.endedAt() == null && !ObservationPeriod.covers(evidence.driver(), run)) {
                continue;
            }
            judge(run, books.scorings(run), healed, evidence.policy().recovery(), found);
        }
        return found.list();
    }

    private static void judge(Run run, List<Scoring> scorings, Instant healed, Duration recovery, Violations found) {
        Instant ended = run.endedAt();
        if (ended == null) {
            List<Scoring> waiting = scorings.stream()
                    .filter(scoring -> !RemoteJob.ENDS.contains(scoring.state()))
                    .filter(scoring -> scoring.attention() == null || scoring.cause() == null)
                    .toList();
            found.unless(
                    waiting.isEmpty() && !scorings.isEmpty(),
                    "Run %d has not ended; it waits for %s",
                    run.id(),
                    waiting);
            return;
        }
        Instant from = run.createdAt().isAfter(healed) ? run.createdAt() : healed;
        found.unless(
                !ended.isAfter(from.plus(recovery)),
                "Run %d ended %s after its trigger or the last fault",
                run.id(),
                Duration.between(from, ended));
    }
}
