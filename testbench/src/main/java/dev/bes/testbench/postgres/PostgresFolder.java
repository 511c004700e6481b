package dev.bes.testbench.postgres;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import io.zonky.test.db.postgres.util.LinuxUtils;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A data folder and the program that serves it.
 *
 * @param data the data folder
 * @param program the {@code postgres} executable
 */
record PostgresFolder(Path data, Path program) {

    private static final Duration FIRST_START = Duration.ofSeconds(60);

    /** Unpacks the program and fills the data folder if it is new, by a first start and stop. */
    static PostgresFolder prepare(Path data) throws IOException {
        try (EmbeddedPostgres first = EmbeddedPostgres.builder()
                .setDataDirectory(data)
                .setCleanDataDirectory(false)
                .setRegisterShutdownHook(false)
                .setPGStartupWait(FIRST_START)
                .start()) {
            return new PostgresFolder(data, programs(first).resolve("postgres"));
        } catch (SQLException e) {
            throw new IOException(e);
        }
    }

    private static Path programs(EmbeddedPostgres server) throws SQLException {
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT setting FROM pg_config WHERE name = 'BINDIR'")) {
            row.next();
            return Path.of(row.getString(1));
        }
    }

    /** The command that serves it on a port of the loopback address. */
    List<String> command(int port, Map<String, String> settings) {
        List<String> command = new ArrayList<>();
        if (LinuxUtils.isUnshareAvailable()) {
            // PostgreSQL never runs as root; in a namespace of its own it is nobody
            command.addAll(List.of("unshare", "-U"));
        }
        command.addAll(List.of(program.toString(), "-D", data.toString(), "-p", Integer.toString(port)));
        settings.forEach((name, value) -> command.addAll(List.of("-c", name + "=" + value)));
        return command;
    }

    /** Lets a user in by password only. */
    void requirePassword(String user) throws IOException {
        Path rules = data.resolve("pg_hba.conf");
        // the first rule that fits counts
        Files.writeString(rules, "host all %s all scram-sha-256%n".formatted(user) + Files.readString(rules));
    }

    /** Removes what a server that was killed left to say that it runs. */
    void removeLock() throws IOException {
        Files.deleteIfExists(data.resolve("postmaster.pid"));
    }
}
