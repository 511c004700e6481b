package dev.bes.sandbox.demo;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

/** PostgreSQL on a free port, as careful with its disk as in production. */
final class DemoPostgres implements AutoCloseable {

    private static final String DATABASE = "orchestrator";

    private final EmbeddedPostgres server;
    private final Path data;

    private DemoPostgres(EmbeddedPostgres server, Path data) {
        this.server = server;
        this.data = data;
    }

    /**
     * Starts a server with an empty database.
     *
     * @param data its data folder, made anew
     * @throws DemoFailure when it does not start
     */
    static DemoPostgres start(Path data) {
        try {
            EmbeddedPostgres server = EmbeddedPostgres.builder()
                    .setDataDirectory(data)
                    .setCleanDataDirectory(false)
                    .setRegisterShutdownHook(false)
                    .setPGStartupWait(Duration.ofSeconds(60))
                    .setServerConfig("fsync", "on")
                    .setServerConfig("synchronous_commit", "on")
                    .start();
            return new DemoPostgres(server, data).withDatabase();
        } catch (IOException | SQLException | IllegalStateException e) {
            throw new DemoFailure(
                    "PostgreSQL did not start: " + e.getMessage()
                            + " (it never runs as root: there, `unshare -U` must work, or be an ordinary user)",
                    e);
        }
    }

    String jdbcUrl() {
        return "jdbc:postgresql://127.0.0.1:" + server.getPort() + "/" + DATABASE;
    }

    String user() {
        return "postgres";
    }

    /** The server's version and how careful it is, by its own word. */
    String description() {
        String sql = "SELECT current_setting('server_version') || ', fsync ' || current_setting('fsync')"
                + " || ', synchronous_commit ' || current_setting('synchronous_commit')";
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return "PostgreSQL " + row.getString(1);
        } catch (SQLException e) {
            throw new DemoFailure("PostgreSQL does not answer: " + e.getMessage(), e);
        }
    }

    /** The id of the server's process: it is no child of ours. */
    long pid() {
        try {
            return Long.parseLong(
                    Files.readAllLines(data.resolve("postmaster.pid")).getFirst());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }

    private DemoPostgres withDatabase() throws SQLException {
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + DATABASE);
        }
        return this;
    }
}
