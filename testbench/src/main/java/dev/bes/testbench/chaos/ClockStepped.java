package dev.bes.testbench.chaos;

import dev.bes.testbench.checker.Fault;
import java.time.Duration;

/**
 * The wall clock of a node is wrong.
 *
 * @param by how far it is ahead, or behind if negative
 */
record ClockStepped(int node, Duration by) implements Mischief {

    @Override
    public String name() {
        return "clock of a node stepped";
    }

    @Override
    public Fault fault() {
        return Fault.NODE_CLOCK;
    }

    @Override
    public String target() {
        return ChaosNode.name(node);
    }

    @Override
    public boolean isPossible(Stage stage) {
        return stage.clocks().canStep();
    }

    @Override
    public Undo begin(Stage stage) {
        FakeClock clock = stage.node(node).clock();
        clock.stepTo(by);
        return () -> clock.stepTo(Duration.ZERO);
    }
}
