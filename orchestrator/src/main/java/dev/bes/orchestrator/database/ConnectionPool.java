package dev.bes.orchestrator.database;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;

/**
 * The pool of connections that engine and requests share. It reports failures to {@link DatabaseState}. After an outage it
 * replaces all connections: some may still lead to a server that is no longer the primary.
 */
class ConnectionPool extends HikariDataSource {
    private final DatabaseState state;
    private final RequestConnections requests;

    ConnectionPool(DatabaseState state, RequestConnections requests) {
        this.state = state;
        this.requests = requests;
        setExceptionOverride(state.judge());
        state.onRecovery(this::renew);
    }

    @Override
    public Connection getConnection() throws SQLException {
        return requests.from(this::open, Duration.ofMillis(getConnectionTimeout()));
    }

    private Connection open() throws SQLException {
        try {
            return super.getConnection();
        } catch (SQLException e) {
            state.failed(e);
            throw e;
        }
    }

    private void renew() {
        if (isRunning()) {
            getHikariPoolMXBean().softEvictConnections();
        }
    }
}
