package dev.bes.testbench.chaos.fault;

import dev.bes.testbench.chaos.environment.TestEnvironment;
import dev.bes.testbench.checker.evidence.FaultKind;
import dev.bes.testbench.postgres.PostgresServer;
import dev.bes.testbench.postgres.PostgresServer.Stop;

/**
 * PostgreSQL crashes and is started again.
 *
 * @param killed true for SIGKILL to all its processes, false for an immediate shutdown
 */
public record DatabaseCrash(boolean killed) implements ChaosFault {

    static final String TARGET = "database";

    @Override
    public String name() {
        return killed ? "PostgreSQL killed (kill -9)" : "PostgreSQL stopped (immediate shutdown)";
    }

    @Override
    public FaultKind kind() {
        return FaultKind.DATABASE_DOWN;
    }

    @Override
    public String target() {
        return TARGET;
    }

    @Override
    public Undo begin(TestEnvironment environment) {
        PostgresServer server = environment.database().server();
        if (killed) {
            server.kill();
        } else {
            server.stop(Stop.IMMEDIATE);
        }
        return server::start;
    }
}
