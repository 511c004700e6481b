package dev.bes.testbench.chaos;

import dev.bes.testbench.checker.Fault;
import java.sql.SQLException;

/** PostgreSQL takes no changes for a while, as one that was switched over to another does; sessions stay as they are. */
record DatabaseReadOnly() implements Mischief {

    @Override
    public String name() {
        return "PostgreSQL read-only";
    }

    @Override
    public Fault fault() {
        return Fault.DATABASE_DOWN;
    }

    @Override
    public String target() {
        return DatabaseGone.TARGET;
    }

    @Override
    public Undo begin(Stage stage) throws SQLException {
        stage.database().setReadOnly(true);
        return () -> stage.database().setReadOnly(false);
    }
}
