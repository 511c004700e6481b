package dev.bes.benchmarks.environment;

import dev.bes.testbench.postgres.PostgresServer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;

/**
 * The PostgreSQL server of one engine, with one database.
 *
 * @param owner name of the engine
 * @param server the server
 */
public record BenchmarkDatabase(String owner, PostgresServer server) implements AutoCloseable {

    private static final String NAME = "benchmark";

    /** Starts a server with default settings. */
    public static BenchmarkDatabase start(BenchmarkFolder folder, String owner) {
        PostgresServer server =
                PostgresServer.start(folder.own(owner).resolve("postgres"), folder.log("postgres-" + owner), Map.of());
        try {
            server.createDatabase(NAME);
        } catch (SQLException e) {
            server.close();
            throw failure(e);
        }
        return new BenchmarkDatabase(owner, server);
    }

    public String url() {
        return server.jdbcUrl(NAME);
    }

    public String user() {
        return server.user();
    }

    public long pid() {
        return server.pid();
    }

    /** Its counters now. */
    public DatabaseCounters reading() {
        return DatabaseCounters.of(server, NAME);
    }

    /** The first number that a query finds; 0 for none. */
    public double number(String sql) {
        try (Connection connection = server.connect(NAME);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            return row.next() ? row.getDouble(1) : 0;
        } catch (SQLException e) {
            throw failure(e);
        }
    }

    /** Runs statements. */
    public void execute(String sql) {
        try (Connection connection = server.connect(NAME);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw failure(e);
        }
    }

    @Override
    public void close() {
        server.close();
    }

    private static BenchmarkFailure failure(SQLException e) {
        return new BenchmarkFailure("PostgreSQL does not answer: " + e.getMessage(), e);
    }
}
