package dev.bes.testbench.chaos;

import dev.bes.testbench.checker.Fault;
import java.sql.SQLException;

/**
 * Sessions of the nodes are ended by {@code pg_terminate_backend}.
 *
 * @param most how many
 * @param salt which ones
 */
record SessionsEnded(int most, int salt) implements Mischief {

    @Override
    public String name() {
        return "sessions ended (pg_terminate_backend)";
    }

    @Override
    public Fault fault() {
        return Fault.SESSIONS_ENDED;
    }

    @Override
    public String target() {
        return DatabaseGone.TARGET;
    }

    @Override
    public Undo begin(Stage stage) throws SQLException {
        stage.database().endSessions(most, salt);
        return () -> {};
    }
}
