package dev.bes.testbench.chaos;

import dev.bes.testbench.checker.Fault;
import dev.bes.testbench.process.Signal;

/** A node stands still, as in a long collection of garbage or a sleeping virtual machine, and goes on as if nothing was. */
record NodePaused(int node) implements Mischief {

    @Override
    public String name() {
        return "node paused (SIGSTOP)";
    }

    @Override
    public Fault fault() {
        return Fault.NODE_PAUSED;
    }

    @Override
    public String target() {
        return ChaosNode.name(node);
    }

    @Override
    public Undo begin(Stage stage) {
        ChaosNode paused = stage.node(node);
        paused.signal(Signal.STOP);
        return () -> paused.signal(Signal.CONT);
    }
}
