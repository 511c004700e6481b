package dev.bes.testbench.demo.environment;

import dev.bes.testbench.postgres.PostgresServer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;

/** PostgreSQL on a free port, with an empty database for the orchestrator. */
public final class DemoPostgres implements AutoCloseable {

    private static final String DATABASE = "orchestrator";

    private final PostgresServer server;

    private DemoPostgres(PostgresServer server) {
        this.server = server;
    }

    /**
     * Starts a server with an empty database.
     *
     * @param data its data folder, created again
     * @throws DemoFailure when it does not start
     */
    static DemoPostgres start(Path data) {
        try {
            Path log = data.resolveSibling("postgres.log");
            DemoPostgres postgres = new DemoPostgres(PostgresServer.start(data, log, Map.of()));
            postgres.server.createDatabase(DATABASE);
            return postgres;
        } catch (SQLException | IllegalStateException e) {
            throw new DemoFailure(
                    e.getMessage() + " (PostgreSQL never runs as root: as root, `unshare -U` must work)", e);
        }
    }

    /** The JDBC URL for the orchestrator. */
    public String jdbcUrl() {
        return server.jdbcUrl(DATABASE);
    }

    /** The database user. */
    public String user() {
        return server.user();
    }

    /** The version and the durability settings of the server. */
    public String description() {
        String sql = "SELECT current_setting('server_version') || ', fsync ' || current_setting('fsync')"
                + " || ', synchronous_commit ' || current_setting('synchronous_commit')";
        try (Connection connection = server.connect(DATABASE);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return "PostgreSQL " + row.getString(1);
        } catch (SQLException e) {
            throw new DemoFailure("PostgreSQL does not answer: " + e.getMessage(), e);
        }
    }

    /** The id of the server's process. */
    long pid() {
        return server.pid();
    }

    @Override
    public void close() {
        server.close();
    }
}
