package dev.bes.testbench.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bes.testbench.postgres.PostgresServer.Stop;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Tag("slow")
class PostgresServerTests {

    private static final int ENOUGH = 50;

    @TempDir
    static Path folder;

    private static PostgresServer server;

    @BeforeAll
    static void start() {
        server = PostgresServer.start(folder.resolve("data"), folder.resolve("postgres.log"), Map.of());
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void emptyTable() throws SQLException {
        server.start();
        execute("DROP TABLE IF EXISTS number");
        execute("CREATE TABLE number (n int PRIMARY KEY)");
    }

    @ParameterizedTest
    @EnumSource(Stop.class)
    void keepsWhatWasCommittedWhenItIsStoppedAndStarted(Stop how) throws SQLException {
        int committed = commitsUntil(() -> server.stop(how));

        server.start();

        assertThat(numbers()).isGreaterThanOrEqualTo(committed);
    }

    @Test
    void keepsWhatWasCommittedWhenItIsKilledAndStarted() throws SQLException {
        int committed = commitsUntil(server::kill);

        server.start();

        assertThat(numbers()).isGreaterThanOrEqualTo(committed);
    }

    @Test
    void killsAllOfItsProcesses() throws SQLException {
        try (Connection open = server.connect("postgres")) {
            assertThat(open.isValid(10)).isTrue();
            var all = ProcessHandle.of(server.pid()).orElseThrow().descendants().toList();
            assertThat(all).isNotEmpty();

            server.kill();

            assertThat(all).noneMatch(ProcessHandle::isAlive);
            assertThat(server.isRunning()).isFalse();
        }
    }

    @Test
    void answersOnTheSamePortAfterEachStart() throws SQLException {
        String url = server.jdbcUrl("postgres");
        long pid = server.pid();
        server.stop(Stop.FAST);
        assertThatThrownBy(() -> server.connect("postgres")).isInstanceOf(SQLException.class);

        server.start();

        assertThat(server.jdbcUrl("postgres")).isEqualTo(url);
        assertThat(server.pid()).isNotEqualTo(pid);
        assertThat(numbers()).isZero();
    }

    @Test
    void isCarefulWithItsDiskUnlessToldOtherwise() throws SQLException {
        assertThat(setting(server, "fsync")).isEqualTo("on");
        assertThat(setting(server, "synchronous_commit")).isEqualTo("on");

        Map<String, String> careless = Map.of("synchronous_commit", "off");
        Path data = folder.resolve("careless");
        try (PostgresServer other = PostgresServer.start(data, folder.resolve("careless.log"), careless)) {
            assertThat(setting(other, "synchronous_commit")).isEqualTo("off");
        }
    }

    /** Commits one number after the other until the server is gone; how many it has confirmed. */
    private static int commitsUntil(Runnable end) {
        AtomicInteger confirmed = new AtomicInteger();
        CompletableFuture<Void> commits = CompletableFuture.runAsync(() -> commitNumbers(confirmed));
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> confirmed.get() >= ENOUGH);
        end.run();
        commits.join();
        return confirmed.get();
    }

    private static void commitNumbers(AtomicInteger confirmed) {
        try (Connection connection = server.connect("postgres");
                Statement statement = connection.createStatement()) {
            while (true) {
                statement.execute("INSERT INTO number VALUES (" + confirmed.get() + ")");
                confirmed.incrementAndGet();
            }
        } catch (SQLException e) {
            // the server is gone
        }
    }

    private static int numbers() throws SQLException {
        return Integer.parseInt(value(server, "SELECT count(*) FROM number"));
    }

    private static String setting(PostgresServer of, String name) throws SQLException {
        return value(of, "SHOW " + name);
    }

    private static String value(PostgresServer of, String sql) throws SQLException {
        try (Connection connection = of.connect("postgres");
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }

    private static void execute(String sql) throws SQLException {
        try (Connection connection = server.connect("postgres");
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
