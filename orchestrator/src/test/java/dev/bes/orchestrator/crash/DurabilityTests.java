package dev.bes.orchestrator.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bes.testbench.postgres.PostgresServer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the tests with a killed PostgreSQL are worth: the same kill loses commits as soon as the server is set to be careless. */
@Tag("slow")
class DurabilityTests {
    private static final int COMMITS = 100;

    @TempDir
    Path folder;

    @Test
    void keepsEveryCommitThroughAKill() throws SQLException {
        assertThat(lost(Map.of())).isZero();
    }

    @Test
    void losesCommitsThatWereNotWaitedFor() throws SQLException {
        assertThat(lost(Map.of("synchronous_commit", "off", "wal_writer_delay", "10s")))
                .isPositive();
    }

    private long lost(Map<String, String> settings) throws SQLException {
        try (PostgresServer server =
                PostgresServer.start(folder.resolve("data"), folder.resolve("postgres.log"), settings)) {
            try (Connection connection = server.connect(server.user());
                    Statement statement = connection.createStatement()) {
                statement.execute("CREATE TABLE kept (n int)");
                statement.execute("CHECKPOINT");
                for (int i = 0; i < COMMITS; i++) {
                    statement.execute("INSERT INTO kept VALUES (1)");
                }
                server.kill();
            }
            server.start();
            try (Connection connection = server.connect(server.user());
                    Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery("SELECT count(*) FROM kept")) {
                row.next();
                return COMMITS - row.getLong(1);
            }
        }
    }
}
