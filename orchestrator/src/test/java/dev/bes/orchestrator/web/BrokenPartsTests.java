package dev.bes.orchestrator.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bes.orchestrator.TestEnvironment;
import dev.bes.orchestrator.account.Accounts;
import dev.bes.orchestrator.account.ApiKeys;
import dev.bes.orchestrator.web.Caller.Answer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a caller is told when a part of the service itself is broken. */
@Tag("slow")
class BrokenPartsTests {
    private static final String PASSWORD = "four plain words here";

    @TempDir
    static Path folder;

    private static String database = "";
    private static WebNode node;
    private static BrowserSession browser;
    private static String key;

    @BeforeAll
    static void start() throws Exception {
        database = TestEnvironment.newDatabase();
        Path noFolder = Files.createFile(folder.resolve("no-folder"));
        node = WebNode.start(
                folder,
                database,
                Map.of(
                        "orchestrator.security.mode",
                        "login",
                        "orchestrator.trigger.upload-temp",
                        noFolder.toString(),
                        "spring.datasource.hikari.connection-timeout",
                        "1000"));
        Accounts accounts = node.part(Accounts.class);
        Accounts.OneTimePassword made = accounts.add("alice", List.of("operator"), "test");
        accounts.changePassword(made.account().id(), made.password(), PASSWORD);
        key = "Bearer "
                + node.part(ApiKeys.class)
                        .create(accounts.named("alice").access(), "nightly", List.of("operator"), null)
                        .text();
        browser = new BrowserSession(node.url());
        browser.signIn("alice", PASSWORD);
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    @Test
    void keepsInternalsToItselfAndNamesTheLogEntry() throws Exception {
        execute(database, "ALTER TABLE run RENAME TO no_run");
        try {
            Answer answer = node.caller().get("/api/v1/runs", "Authorization", key);

            assertThat(answer.status()).isEqualTo(500);
            assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
            assertThat(answer.json().get("type").asString()).isEqualTo("/docs/problems#internal");
            assertThat(answer.json().get("detail").asString())
                    .contains(answer.json().get("id").asString());
            assertThat(answer.body()).doesNotContain("relation", "Exception", "dev.bes");
        } finally {
            execute(database, "ALTER TABLE no_run RENAME TO run");
        }
    }

    @Test
    void asksCallersToComeBackWhileItsFilesCanNotBeWritten() {
        Answer answer = node.caller()
                .post(
                        "/api/v1/runs",
                        Form.of("letters").with("parameters.column", "text").file("input1", "a.csv", WebNode.csv("a")),
                        "Authorization",
                        key);

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.header("Retry-After")).isEqualTo("5");
        assertThat(answer.json().get("detail").asString())
                .startsWith("The service can't read or write its files at the moment");
        assertThat(answer.body()).doesNotContain("no-folder", "Exception", "dev.bes", folder.toString());
    }

    @Test
    void asksCallersToComeBackWhileTheDatabaseIsAway() throws Exception {
        allowConnections(false);
        try {
            Answer answer = node.caller().get("/api/v1/runs", "Authorization", key);
            assertThat(answer.status()).as(answer.body()).isEqualTo(503);
            assertThat(answer.header("Retry-After")).isEqualTo("5");
            assertThat(answer.json().get("type").asString()).isEqualTo("/docs/problems#unavailable");
            Answer refused =
                    node.caller().post("/api/v1/runs", "{\"definition\": \"greetings\"}", "Authorization", key);
            assertThat(refused.status()).as(refused.body()).isEqualTo(503);
            Answer page = browser.get("/");
            assertThat(page.status()).isEqualTo(503);
            assertThat(page.body()).contains("The database does not answer");
        } finally {
            allowConnections(true);
        }
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .until(() ->
                        node.caller().get("/api/v1/runs", "Authorization", key).status() == 200);
    }

    private static void allowConnections(boolean allowed) throws SQLException {
        String name = database.replaceFirst(".*/([a-z0-9]+)[?].*", "$1");
        String beside = database.replace("/" + name + "?", "/postgres?");
        execute(beside, "ALTER DATABASE " + name + " ALLOW_CONNECTIONS " + allowed);
        if (!allowed) {
            execute(beside, "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '" + name + "'");
        }
    }

    private static void execute(String where, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(where);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
