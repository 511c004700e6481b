package dev.bes.orchestrator.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.bes.testbench.postgres.PostgresServer;
import dev.bes.testbench.postgres.PostgresServer.Stop;
import dev.bes.testbench.process.Signal;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A node is started while its database is away, goes away, takes no changes, or is not what it was told. */
@Tag("slow")
class DatabaseStartTests {
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final String A_TRACE = "(?m)^\\s+at |Exception";

    @TempDir
    static Path folder;

    private static PostgresServer postgres;
    private static int databases;

    private String database = "";

    @BeforeAll
    static void settle() throws SQLException {
        postgres = PostgresServer.start(folder.resolve("data"), folder.resolve("postgres.log"), Map.of());
        sql(postgres.user(), "CREATE ROLE guest LOGIN PASSWORD 'right'");
        postgres.requirePassword("guest");
    }

    @AfterAll
    static void leave() {
        postgres.close();
    }

    @BeforeEach
    void isNew() throws SQLException {
        postgres.start();
        database = "start" + ++databases;
        postgres.createDatabase(database);
    }

    private static void sql(String database, String... statements) throws SQLException {
        try (Connection connection = postgres.connect(database);
                Statement statement = connection.createStatement()) {
            for (String each : statements) {
                statement.execute(each);
            }
        }
    }

    private Installation site() {
        return site(postgres.jdbcUrl(database) + "?user=" + postgres.user());
    }

    private Installation site(String url) {
        return new Installation(NodeProgram.shared(), folder.resolve(database), "database-start", url)
                .definition("hash", "feature-hashing", "")
                .with("orchestrator.database.startup-timeout", "3m");
    }

    private static void awaitWord(NodeProcess node, String word) {
        await().atMost(PATIENCE).until(() -> node.said().contains(word) || !node.isAlive());
        assertThat(node.said()).contains(word);
        assertThat(node.isAlive()).as(node.said()).isTrue();
    }

    private static void isReadyWithoutATrace(Installation installation, NodeProcess node) {
        node.awaitReady();
        installation.awaitEnd(WorkKind.REQUEST.begin(installation));
        assertThat(node.said()).doesNotContainPattern(A_TRACE);
    }

    @Test
    void waitsForADatabaseThatIsAway() {
        postgres.stop(Stop.FAST);
        try (Installation installation = site()) {
            NodeProcess node = installation.start();
            awaitWord(node, "Waiting for the database 127.0.0.1:" + postgres.port() + "/" + database);
            awaitWord(node, ", for 1");
            postgres.start();

            isReadyWithoutATrace(installation, node);
            assertThat(node.said().lines().filter(line -> line.contains("Waiting for the database")))
                    .as("a word each ten seconds")
                    .hasSizeLessThanOrEqualTo(4);
        }
    }

    /** The address may also name several servers, of which one is to be the primary. */
    @ParameterizedTest
    @CsvSource({
        "127.0.0.1:PORT, '', read-only",
        "'127.0.0.1:1,127.0.0.1:PORT', &targetServerType=primary, targetServerType: primary"
    })
    void waitsForADatabaseThatTakesNoChanges(String hosts, String more, String told) throws SQLException {
        sql(database, "ALTER DATABASE " + database + " SET default_transaction_read_only = on");
        String address = hosts.replace("PORT", String.valueOf(postgres.port()));
        try (Installation installation =
                site("jdbc:postgresql://%s/%s?user=postgres%s".formatted(address, database, more))) {
            NodeProcess node = installation.start();
            awaitWord(node, "Waiting for the database");
            awaitWord(node, told);
            sql(postgres.user(), "ALTER DATABASE " + database + " RESET default_transaction_read_only");

            isReadyWithoutATrace(installation, node);
        }
    }

    @Test
    void goesOnWhereTheDatabaseBrokeOffItsMigration() throws SQLException {
        sql(
                database,
                "CREATE SCHEMA beside",
                "CREATE FUNCTION beside.slowly() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN PERFORM pg_sleep(0.2); END'",
                "CREATE EVENT TRIGGER slow ON ddl_command_start EXECUTE FUNCTION beside.slowly()");
        try (Installation installation = site()) {
            NodeProcess node = installation.start();
            await().atMost(PATIENCE).until(() -> isMigrating() || !node.isAlive());
            assertThat(node.isAlive()).as(node.said()).isTrue();
            postgres.stop(Stop.IMMEDIATE);
            awaitWord(node, "Waiting for the database");
            postgres.start();
            sql(database, "DROP EVENT TRIGGER slow");

            isReadyWithoutATrace(installation, node);
        }
    }

    private boolean isMigrating() throws SQLException {
        try (Connection connection = postgres.connect(database);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT to_regclass('flyway_schema_history') IS NOT NULL")) {
            return row.next() && row.getBoolean(1);
        }
    }

    @Test
    void givesUpWithOneMessageWhenItHasWaitedLongEnough() {
        String nowhere = "jdbc:postgresql://localhost:1,db.invalid:5432/none?user=x&password=canary";
        try (Installation installation = site(nowhere).with("orchestrator.database.startup-timeout", "2s")) {
            NodeProcess node = installation.start();

            assertThat(node.exitCode()).isNotZero();
            assertThat(node.said())
                    .contains(
                            "APPLICATION FAILED TO START",
                            "could not be used for ",
                            "orchestrator.database.startup-timeout")
                    .doesNotContain("canary")
                    .doesNotContainPattern(A_TRACE);
        }
    }

    @Test
    void endsWhenItIsToldToWhileItWaits() {
        postgres.stop(Stop.FAST);
        try (Installation installation = site()) {
            NodeProcess node = installation.start();
            awaitWord(node, "Waiting for the database");
            long before = System.nanoTime();
            node.signal(Signal.TERM).exitCode();

            assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(30));
        }
    }

    /** What waiting does not mend; the port stands for the server's. */
    @ParameterizedTest
    @CsvSource({
        "jdbc:postgresql://127.0.0.1:PORT/nobody?user=postgres, database \"nobody\" does not exist",
        "jdbc:postgresql://127.0.0.1:PORT/postgres?user=nobody, role \"nobody\" does not exist",
        "jdbc:postgresql://127.0.0.1:PORT/postgres?user=guest&password=canary, password authentication failed",
        "jdbc:postgresql://127.0.0.1:PORT/postgres?user=guest, no password was provided",
        "jdbc:postgresql://127.0.0.1:PORT/postgres?user=postgres&sslmode=require, does not support SSL",
        "jdbc:postgresql://127.0.0.1:PORT/postgres?user=guest&password=right, permission denied",
        "jdbc:postgresql://127.0.0.1:PORT/bad port?user=x, can't be used",
    })
    void endsAtOnceWhereWaitingIsOfNoUse(String url, String told) {
        try (Installation installation = site(url.replace("PORT", String.valueOf(postgres.port())))) {
            NodeProcess node = installation.start();

            assertThat(node.exitCode()).isNotZero();
            assertThat(node.said())
                    .contains("APPLICATION FAILED TO START", told, "spring.datasource.url, .username and .password")
                    .doesNotContain("canary")
                    .doesNotContainPattern(A_TRACE);
        }
    }
}
