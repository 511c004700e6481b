package dev.bes.testbench.chaos;

import dev.bes.testbench.checker.Fault;
import dev.bes.testbench.postgres.PostgresServer;
import dev.bes.testbench.postgres.PostgresServer.Stop;

/**
 * PostgreSQL crashes and is started again later.
 *
 * @param killed whether all its processes are killed with signal 9; else they are told to quit at once
 */
record DatabaseGone(boolean killed) implements Mischief {

    static final String TARGET = "database";

    @Override
    public String name() {
        return killed ? "PostgreSQL killed (kill -9)" : "PostgreSQL stopped (immediate)";
    }

    @Override
    public Fault fault() {
        return Fault.DATABASE_DOWN;
    }

    @Override
    public String target() {
        return TARGET;
    }

    @Override
    public Undo begin(Stage stage) {
        PostgresServer server = stage.database().server();
        if (killed) {
            server.kill();
        } else {
            server.stop(Stop.IMMEDIATE);
        }
        return server::start;
    }
}
