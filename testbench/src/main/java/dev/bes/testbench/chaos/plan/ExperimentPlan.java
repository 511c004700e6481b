package dev.bes.testbench.chaos.plan;

import dev.bes.testbench.chaos.environment.ChaosKind;
import dev.bes.testbench.chaos.fault.ChaosFault;
import dev.bes.testbench.chaos.load.Action;
import java.time.Duration;
import java.util.List;

/**
 * Everything that an experiment does, decided before it begins: the same seed gives the same plan.
 *
 * @param actions what clients do
 * @param faults which faults are injected
 */
public record ExperimentPlan(List<PlannedAction> actions, List<PlannedFault> faults) {

    /** @param at when it begins, from the start of the experiment */
    record PlannedAction(Duration at, Action action) {}

    /**
     * A fault and its time.
     *
     * @param at when it begins, from the start of the experiment
     */
    record PlannedFault(Duration at, Duration duration, ChaosFault fault) {

        Duration end() {
            return at.plus(duration);
        }

        boolean overlaps(PlannedFault other) {
            return at.compareTo(other.end()) < 0 && other.at.compareTo(end()) < 0;
        }
    }

    /** The plan for a seed. Kinds of remote services have different faults. */
    public static ExperimentPlan of(long seed, Duration length, int nodes, ChaosKind kind) {
        SeededRandom random = new SeededRandom(seed);
        SeededRandom forActions = random.split();
        SeededRandom forFaults = random.split();
        return new ExperimentPlan(
                new ActionGenerator(forActions, nodes, kind).during(length),
                new FaultGenerator(forFaults, nodes, kind).during(length));
    }
}
