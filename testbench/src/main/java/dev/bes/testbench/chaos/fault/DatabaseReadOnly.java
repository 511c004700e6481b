package dev.bes.testbench.chaos.fault;

import dev.bes.testbench.chaos.environment.TestEnvironment;
import dev.bes.testbench.checker.evidence.FaultKind;
import java.sql.SQLException;

/** PostgreSQL refuses changes, as a server after a switchover does; open sessions stay. */
public record DatabaseReadOnly() implements ChaosFault {

    @Override
    public String name() {
        return "PostgreSQL read-only";
    }

    @Override
    public FaultKind kind() {
        return FaultKind.DATABASE_DOWN;
    }

    @Override
    public String target() {
        return DatabaseCrash.TARGET;
    }

    @Override
    public Undo begin(TestEnvironment environment) throws SQLException {
        environment.database().setReadOnly(true);
        return () -> environment.database().setReadOnly(false);
    }
}
