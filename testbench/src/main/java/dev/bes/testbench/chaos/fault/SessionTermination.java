package dev.bes.testbench.chaos.fault;

import dev.bes.testbench.chaos.environment.TestEnvironment;
import dev.bes.testbench.checker.evidence.FaultKind;
import java.sql.SQLException;

/**
 * {@code pg_terminate_backend} ends sessions of the nodes.
 *
 * @param most at most this many
 * @param salt decides which ones
 */
public record SessionTermination(int most, int salt) implements ChaosFault {

    @Override
    public String name() {
        return "sessions terminated (pg_terminate_backend)";
    }

    @Override
    public FaultKind kind() {
        return FaultKind.SESSIONS_TERMINATED;
    }

    @Override
    public String target() {
        return DatabaseCrash.TARGET;
    }

    @Override
    public Undo begin(TestEnvironment environment) throws SQLException {
        environment.database().terminateSessions(most, salt);
        return () -> {};
    }
}
