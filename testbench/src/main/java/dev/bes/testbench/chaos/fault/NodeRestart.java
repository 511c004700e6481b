package dev.bes.testbench.chaos.fault;

import dev.bes.testbench.chaos.environment.ChaosNode;
import dev.bes.testbench.chaos.environment.TestEnvironment;
import dev.bes.testbench.checker.evidence.FaultKind;

/**
 * A node ends and is started again.
 *
 * @param killed true for SIGKILL, false for SIGTERM
 */
public record NodeRestart(int node, boolean killed) implements ChaosFault {

    @Override
    public String name() {
        return killed ? "node killed (kill -9)" : "node terminated (SIGTERM)";
    }

    @Override
    public FaultKind kind() {
        return killed ? FaultKind.NODE_KILLED : FaultKind.NODE_TERMINATED;
    }

    @Override
    public String target() {
        return ChaosNode.name(node);
    }

    @Override
    public Undo begin(TestEnvironment environment) {
        ChaosNode stopped = environment.node(node);
        if (killed) {
            stopped.kill();
        } else {
            stopped.terminate();
        }
        return stopped::startAndAwaitReady;
    }
}
