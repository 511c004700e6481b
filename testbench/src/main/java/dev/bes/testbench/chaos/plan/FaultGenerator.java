package dev.bes.testbench.chaos.plan;

import dev.bes.sandbox.settings.NextFaults;
import dev.bes.testbench.chaos.environment.ChaosKind;
import dev.bes.testbench.chaos.environment.ChaosNodeSettings;
import dev.bes.testbench.chaos.fault.BlobAccessDenied;
import dev.bes.testbench.chaos.fault.ChaosFault;
import dev.bes.testbench.chaos.fault.ClockStep;
import dev.bes.testbench.chaos.fault.DatabaseCrash;
import dev.bes.testbench.chaos.fault.DatabaseReadOnly;
import dev.bes.testbench.chaos.fault.DiskFull;
import dev.bes.testbench.chaos.fault.EndpointTrouble;
import dev.bes.testbench.chaos.fault.FolderOutage;
import dev.bes.testbench.chaos.fault.NodePause;
import dev.bes.testbench.chaos.fault.NodeRestart;
import dev.bes.testbench.chaos.fault.PoolExhaustion;
import dev.bes.testbench.chaos.fault.SessionTermination;
import dev.bes.testbench.chaos.plan.ExperimentPlan.PlannedFault;
import dev.bes.testbench.chaos.plan.SeededRandom.Weighted;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;

/** Generates the faults, in phases: some without faults, so that work gets done, some with several at a time. */
final class FaultGenerator {

    private static final Duration SHORTEST_PHASE = Duration.ofSeconds(6);
    private static final Duration LONGEST_PHASE = Duration.ofSeconds(15);
    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofSeconds(8);
    private static final Duration LEASE = Duration.ofSeconds(ChaosNodeSettings.LEASE_SECONDS);

    /** How many faults are active at a time. */
    private static final List<Weighted<Integer>> CONCURRENT_FAULTS =
            List.of(new Weighted<>(2, 0), new Weighted<>(4, 1), new Weighted<>(3, 2), new Weighted<>(2, 3));

    private final SeededRandom random;
    private final int nodes;
    private final LinkFaultGenerator links;
    private final List<Weighted<Supplier<PlannedFault>>> kinds;
    private final List<Weighted<Supplier<PlannedFault>>> ofEveryKind = List.of(
            new Weighted<>(5, () -> planned(SHORTEST, LONGEST, new NodeRestart(node(), true))),
            new Weighted<>(3, () -> planned(SHORTEST, LONGEST, new NodeRestart(node(), false))),
            new Weighted<>(3, () -> planned(LEASE.plusSeconds(1), LEASE.multipliedBy(2), new NodePause(node()))),
            new Weighted<>(3, () -> planned(SHORTEST, LONGEST, new DatabaseCrash(false))),
            new Weighted<>(2, () -> planned(SHORTEST, LONGEST, new DatabaseCrash(true))),
            new Weighted<>(4, () -> planned(SHORTEST, SHORTEST, sessionTermination())),
            new Weighted<>(2, () -> planned(SHORTEST, LONGEST, poolExhaustion())),
            new Weighted<>(2, () -> planned(SHORTEST, LONGEST, new DiskFull(false))),
            new Weighted<>(1, () -> planned(SHORTEST, LONGEST, new DiskFull(true))),
            new Weighted<>(3, () -> planned(LEASE, LEASE.multipliedBy(2), clockStep())),
            new Weighted<>(3, () -> planned(SHORTEST, LONGEST, new DatabaseReadOnly())),
            new Weighted<>(3, () -> planned(SHORTEST, LONGEST, new BlobAccessDenied(node()))),
            new Weighted<>(3, () -> planned(LEASE, LEASE.multipliedBy(3), folderOutage(true))),
            new Weighted<>(3, () -> planned(LEASE, LEASE.multipliedBy(2), folderOutage(false))),
            new Weighted<>(16, () -> planned(SHORTEST, LONGEST, links().next())));

    FaultGenerator(SeededRandom random, int nodes, ChaosKind kind) {
        this.random = random;
        this.nodes = nodes;
        this.links = new LinkFaultGenerator(random, nodes, kind.links());
        List<Weighted<Supplier<PlannedFault>>> all = new ArrayList<>(ofEveryKind);
        if (kind == ChaosKind.AZUREML) {
            all.add(new Weighted<>(6, () -> planned(SHORTEST, LONGEST, endpointTrouble())));
        }
        this.kinds = List.copyOf(all);
    }

    List<PlannedFault> during(Duration length) {
        List<PlannedFault> all = new ArrayList<>();
        // no fault at first: work must be under way to be disturbed
        Duration phase = SHORTEST;
        while (phase.compareTo(length) < 0) {
            Duration next = phase.plus(random.between(SHORTEST_PHASE, LONGEST_PHASE));
            int lanes = random.weighted(CONCURRENT_FAULTS);
            for (int lane = 0; lane < lanes; lane++) {
                fill(phase, next, all);
            }
            phase = next;
        }
        all.removeIf(it -> it.at().compareTo(length) >= 0);
        all.sort(Comparator.comparing(PlannedFault::at));
        return all;
    }

    /** One fault after the other; a target has one fault at a time. */
    private void fill(Duration from, Duration to, List<PlannedFault> all) {
        Duration at = from.plus(random.between(Duration.ZERO, LONGEST.dividedBy(2)));
        while (at.compareTo(to) < 0) {
            PlannedFault drawn = random.weighted(kinds).get();
            PlannedFault next = new PlannedFault(at, drawn.duration(), drawn.fault());
            if (all.stream()
                    .noneMatch(it -> it.fault().target().equals(next.fault().target()) && it.overlaps(next))) {
                all.add(next);
            }
            at = next.end().plus(random.between(Duration.ZERO, SHORTEST.multipliedBy(2)));
        }
    }

    private PlannedFault planned(Duration least, Duration most, ChaosFault fault) {
        return new PlannedFault(Duration.ZERO, random.between(least, most), fault);
    }

    private LinkFaultGenerator links() {
        return links;
    }

    private int node() {
        return random.below(nodes);
    }

    private SessionTermination sessionTermination() {
        return new SessionTermination(random.between(1, 12), random.below(1000));
    }

    private PoolExhaustion poolExhaustion() {
        return new PoolExhaustion(node(), random.pick(List.of("run", "scoring", "attempt")));
    }

    /** A cancel that never ends is left out: its run would never end either. */
    private EndpointTrouble endpointTrouble() {
        List<NextFaults.Fault> faults = new ArrayList<>(List.of(NextFaults.Fault.values()));
        faults.remove(NextFaults.Fault.CANCEL_HANGS);
        return new EndpointTrouble(random.pick(faults), random.between(1, 5));
    }

    private FolderOutage folderOutage(boolean hangs) {
        return new FolderOutage(node(), random.pick(List.of(FolderOutage.Shared.values())), hangs);
    }

    private ClockStep clockStep() {
        Duration by = random.pick(
                List.of(Duration.ofHours(3), Duration.ofMinutes(-90), Duration.ofSeconds(2), Duration.ofSeconds(-2)));
        return new ClockStep(node(), by);
    }
}
