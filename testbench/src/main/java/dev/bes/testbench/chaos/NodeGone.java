package dev.bes.testbench.chaos;

import dev.bes.testbench.checker.Fault;

/**
 * A node ends and is started again later.
 *
 * @param killed whether it is killed with signal 9; else it is asked to end
 */
record NodeGone(int node, boolean killed) implements Mischief {

    @Override
    public String name() {
        return killed ? "node killed (kill -9)" : "node ended (SIGTERM)";
    }

    @Override
    public Fault fault() {
        return killed ? Fault.NODE_KILLED : Fault.NODE_TERMINATED;
    }

    @Override
    public String target() {
        return ChaosNode.name(node);
    }

    @Override
    public Undo begin(Stage stage) {
        ChaosNode gone = stage.node(node);
        if (killed) {
            gone.kill();
        } else {
            gone.terminate();
        }
        return gone::startAndAwaitReady;
    }
}
