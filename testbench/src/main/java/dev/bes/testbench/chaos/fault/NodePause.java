package dev.bes.testbench.chaos.fault;

import dev.bes.testbench.chaos.environment.ChaosNode;
import dev.bes.testbench.chaos.environment.TestEnvironment;
import dev.bes.testbench.checker.evidence.FaultKind;
import dev.bes.testbench.process.Signal;

/** A node stops and continues later, as in a long garbage collection or a suspended virtual machine. */
public record NodePause(int node) implements ChaosFault {

    @Override
    public String name() {
        return "node paused (SIGSTOP)";
    }

    @Override
    public FaultKind kind() {
        return FaultKind.NODE_PAUSED;
    }

    @Override
    public String target() {
        return ChaosNode.name(node);
    }

    @Override
    public Undo begin(TestEnvironment environment) {
        ChaosNode paused = environment.node(node);
        paused.signal(Signal.STOP);
        return () -> paused.signal(Signal.CONT);
    }
}
