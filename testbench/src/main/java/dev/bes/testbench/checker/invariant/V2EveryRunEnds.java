package dev.bes.testbench.checker.invariant;

import dev.bes.testbench.checker.analysis.FaultWindow;
import dev.bes.testbench.checker.analysis.ObservationPeriod;
import dev.bes.testbench.checker.analysis.RemoteJob;
import dev.bes.testbench.checker.analysis.SnapshotIndex;
import dev.bes.testbench.checker.analysis.Violations;
import dev.bes.testbench.checker.evidence.CheckerSettings;
import dev.bes.testbench.checker.evidence.DriverEntry.CallbackReceived;
import dev.bes.testbench.checker.evidence.Evidence;
import dev.bes.testbench.checker.evidence.Snapshot;
import dev.bes.testbench.checker.evidence.Snapshot.Run;
import dev.bes.testbench.checker.evidence.Snapshot.Scoring;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Every run has ended within {@link CheckerSettings#recovery()} after its trigger or after the last fault, whichever
 * came later; or each of its unfinished scorings needs attention and has a cause. A run of a schedule that began
 * after the last recorded fire time may be unfinished. A fault without a recorded end is a violation itself: without
 * an end nothing can be checked.
 *
 * <p>If its definition names a callback, the end of a run is one event, and the driver has been told of it at least once. A run that
 * serves another one, as its shadow or with the job of its scorings, tells nobody.
 *
 * <p>A shadow never needs attention. When its run has ended, or it was skipped, it has a verdict.
 */
public final class V2EveryRunEnds {

    private V2EveryRunEnds() {}

    /** Checks the invariant; returns one line per violation. */
    public static List<String> violations(Evidence evidence) {
        Violations violations = new Violations();
        SnapshotIndex index = new SnapshotIndex(evidence.database());
        List<FaultWindow> faults = FaultWindow.in(evidence.driver());
        Instant lastFaultEnd = Instant.MIN;
        for (FaultWindow fault : faults) {
            Instant ended = fault.ended();
            violations.require(
                    ended != null, "Fault %s has not ended", fault.begun().id());
            lastFaultEnd = ended == null || ended.isBefore(lastFaultEnd) ? lastFaultEnd : ended;
        }
        for (Run run : evidence.database().runs()) {
            if (run.endedAt() == null && !ObservationPeriod.covers(evidence.driver(), run)) {
                continue;
            }
            check(run, index.scorings(run), lastFaultEnd, evidence.policy().recovery(), violations);
        }
        callbacks(evidence, violations);
        shadows(evidence, index, violations);
        return violations.list();
    }

    private static void callbacks(Evidence evidence, Violations violations) {
        Map<Long, List<Snapshot.Callback>> byRun =
                evidence.database().callbacks().stream().collect(Collectors.groupingBy(Snapshot.Callback::run));
        Set<String> definitions = evidence.database().callbacks().stream()
                .map(Snapshot.Callback::definition)
                .collect(Collectors.toSet());
        Map<Long, Set<String>> received = evidence.driver().stream()
                .filter(CallbackReceived.class::isInstance)
                .map(CallbackReceived.class::cast)
                .collect(Collectors.groupingBy(
                        CallbackReceived::run, Collectors.mapping(CallbackReceived::event, Collectors.toSet())));
        for (Run run : evidence.database().runs()) {
            if (run.endedAt() == null || !definitions.contains(run.definition()) || run.serves()) {
                continue;
            }
            Set<String> events = byRun.getOrDefault(run.id(), List.of()).stream()
                    .map(Snapshot.Callback::event)
                    .collect(Collectors.toSet());
            violations.require(
                    events.size() == 1 && events.equals(received.get(run.id())),
                    "The end of run %d is the events %s, and the driver was told of %s",
                    run.id(),
                    events,
                    received.get(run.id()));
        }
    }

    private static void shadows(Evidence evidence, SnapshotIndex index, Violations violations) {
        Set<Long> unfinished = new HashSet<>();
        for (Run run : evidence.database().runs()) {
            if (run.endedAt() == null) {
                unfinished.add(run.id());
            }
            violations.require(
                    !run.trigger().equals("shadow")
                            || index.scorings(run).stream().allMatch(scoring -> scoring.attention() == null),
                    "Run %d is a shadow, and needs attention",
                    run.id());
        }
        for (Snapshot.Comparison comparison : evidence.database().shadows().comparisons()) {
            violations.require(
                    comparison.verdict() != null || unfinished.contains(comparison.run()),
                    "The shadow of scoring %d has ended without a verdict",
                    comparison.scoring());
        }
    }

    private static void check(
            Run run, List<Scoring> scorings, Instant lastFaultEnd, Duration recovery, Violations violations) {
        Instant ended = run.endedAt();
        if (ended == null) {
            List<Scoring> waiting = scorings.stream()
                    .filter(scoring -> !RemoteJob.ENDS.contains(scoring.state()))
                    .filter(scoring -> scoring.attention() == null || scoring.cause() == null)
                    .toList();
            violations.require(
                    waiting.isEmpty() && !scorings.isEmpty(),
                    "Run %d has not ended; unfinished: %s",
                    run.id(),
                    waiting);
            return;
        }
        Instant from = run.createdAt().isAfter(lastFaultEnd) ? run.createdAt() : lastFaultEnd;
        violations.require(
                !ended.isAfter(from.plus(recovery)),
                "Run %d ended %s after its trigger or the last fault",
                run.id(),
                Duration.between(from, ended));
    }
}
