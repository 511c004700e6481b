package dev.bes.orchestrator.web.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.bes.orchestrator.TestEnvironment;
import dev.bes.orchestrator.database.DatabaseState;
import dev.bes.orchestrator.web.Caller.Answer;
import dev.bes.orchestrator.web.WebNode;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/** Health answers are for people: a reason, and no class. */
@Tag("slow")
class ReadableHealthTests {
    private static final String INTERNALS = "Exception|java\\.|org\\.|dev\\.bes";

    @TempDir
    static Path folder;

    private static String database = "";
    private static WebNode node;

    @BeforeAll
    static void start() {
        database = TestEnvironment.newDatabase();
        node = WebNode.start(
                folder,
                database,
                Map.of(
                        "spring.datasource.hikari.connection-timeout", "500",
                        "management.endpoint.health.show-details", "always"));
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    @Test
    void sayWhyForEveryIndicatorAndGroupWhileTheDatabaseIsAway() throws SQLException {
        Answer well = node.caller().get("/actuator/health");
        assertThat(well.status()).as(well.body()).isEqualTo(200);
        List<String> names = Stream.concat(
                        well.json().path("components").propertyNames().stream(),
                        Stream.of("readiness", "liveness", "schedules", "backlog"))
                .toList();
        assertThat(names).contains("db", "admission", "node", "schedule");

        allowConnections(false);
        try {
            assertThat(node.caller().get("/actuator/health").body()).doesNotContainPattern(INTERNALS);
            for (String name : names) {
                assertThat(node.caller().get("/actuator/health/" + name).body())
                        .as(name)
                        .contains("status")
                        .doesNotContainPattern(INTERNALS);
            }
            for (String name : List.of("db", "backlog", "admission")) {
                // admission counts once a second at most
                Answer answer = await().atMost(Duration.ofSeconds(30))
                        .until(() -> node.caller().get("/actuator/health/" + name), down -> down.status() == 503);
                assertThat(answer.body())
                        .as(name)
                        .contains("\"reason\":\"the database does not answer\"")
                        .doesNotContainPattern(INTERNALS);
            }
        } finally {
            allowConnections(true);
        }
    }

    @Test
    void leadToTheLogWhereTheReasonIsAnother() {
        StaticListableBeanFactory beans = new StaticListableBeanFactory();
        beans.addBean("state", new DatabaseState(System::nanoTime));
        ReadableHealth words = new ReadableHealth(beans.getBeanProvider(DatabaseState.class));
        HealthIndicator broken = () -> Health.down(new IllegalStateException("canary"))
                .withDetail("path", "/data")
                .build();

        Health health = ((HealthIndicator) words.postProcessAfterInitialization(broken, "broken")).health();

        assertThat(health).isNotNull();
        assertThat(health.getDetails())
                .containsEntry("path", "/data")
                .containsKey("reason")
                .doesNotContainKey("error");
        assertThat(health.toString()).doesNotContain("canary");
    }

    private static void allowConnections(boolean allowed) throws SQLException {
        String name = database.replaceFirst(".*/([a-z0-9]+)[?].*", "$1");
        String beside = database.replace("/" + name + "?", "/postgres?");
        try (Connection connection = DriverManager.getConnection(beside);
                Statement statement = connection.createStatement()) {
            statement.execute("ALTER DATABASE " + name + " ALLOW_CONNECTIONS " + allowed);
            if (!allowed) {
                statement.execute(
                        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '" + name + "'");
            }
        }
    }
}
