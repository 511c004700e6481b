package dev.bes.testbench.chaos.fault;

import dev.bes.testbench.chaos.environment.ChaosNode;
import dev.bes.testbench.chaos.environment.FakeClock;
import dev.bes.testbench.chaos.environment.TestEnvironment;
import dev.bes.testbench.checker.evidence.FaultKind;
import java.time.Duration;

/**
 * The wall clock of a node is wrong.
 *
 * @param by how far the clock is ahead; negative when it is behind
 */
public record ClockStep(int node, Duration by) implements ChaosFault {

    @Override
    public String name() {
        return "clock of a node stepped";
    }

    @Override
    public FaultKind kind() {
        return FaultKind.NODE_CLOCK;
    }

    @Override
    public String target() {
        return ChaosNode.name(node);
    }

    @Override
    public boolean isPossible(TestEnvironment environment) {
        return environment.faketime().isInstalled();
    }

    @Override
    public Undo begin(TestEnvironment environment) {
        FakeClock clock = environment.node(node).clock();
        clock.stepTo(by);
        return () -> clock.stepTo(Duration.ZERO);
    }
}
