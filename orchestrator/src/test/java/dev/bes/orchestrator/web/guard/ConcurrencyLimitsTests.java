package dev.bes.orchestrator.web.guard;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.bes.orchestrator.TestEnvironment;
import dev.bes.orchestrator.web.Caller.Answer;
import dev.bes.orchestrator.web.Form;
import dev.bes.orchestrator.web.RawCaller;
import dev.bes.orchestrator.web.WebNode;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** More callers at a time than a node works for: one of each kind here. */
@ExtendWith(OutputCaptureExtension.class)
@Tag("slow")
class ConcurrencyLimitsTests {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String JSON = "{\"definition\": \"greetings\"}";

    @TempDir
    static Path folder;

    private static WebNode node;
    private static String database;

    @BeforeAll
    static void start() {
        database = TestEnvironment.newDatabase();
        node = WebNode.start(
                folder,
                database,
                Map.of(
                        "orchestrator.web.max-concurrent-requests",
                        "1",
                        "orchestrator.web.max-concurrent-transfers",
                        "1"));
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    /** A request whose body never ends. */
    private static Socket begin(String type, String body) throws IOException {
        Socket socket = RawCaller.connect(node.url());
        socket.getOutputStream()
                .write(("POST /api/v1/runs HTTP/1.1\r\nHost: localhost\r\nContent-Type: " + type
                                + "\r\nContent-Length: 9000\r\n\r\n" + body)
                        .getBytes(US_ASCII));
        return socket;
    }

    private static void assertRefused(Answer answer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(503);
        assertThat(answer.header("Retry-After")).isEqualTo("5");
        assertThat(answer.json().get("type").asString()).isEqualTo("/docs/problems#concurrency-limit");
        assertThat(answer.json().get("instance").asString()).startsWith("/api/v1/runs");
    }

    @Test
    void keepSlowBodiesFromEverybodyElse(CapturedOutput output) throws IOException {
        try (Socket slow = begin("application/json", "{\"definition\":")) {
            await().atMost(PATIENCE)
                    .until(() -> node.caller().post("/api/v1/runs", JSON).status() == 503);
            Answer refused = node.caller().post("/api/v1/runs", JSON);

            assertRefused(refused);
            assertThat(refused.json().get("detail").asString()).contains("orchestrator.web.max-concurrent-requests");
            assertThat(node.caller().get("/api/v1/runs").status()).isEqualTo(200);
            assertThat(node.caller().post("/api/v1/runs", Form.of("greetings")).status())
                    .isEqualTo(201);
            assertThat(output.getOut().split("1 requests with a body are in progress", -1))
                    .as("said once")
                    .hasSize(2);
            slow.shutdownOutput();
        }
        await().atMost(PATIENCE)
                .until(() -> node.caller().post("/api/v1/runs", JSON).status() == 201);
    }

    @Test
    void keepSlowUploadsFromEverybodyElse() throws IOException {
        Form form = Form.of("greetings");
        try (Socket slow = begin(form.contentType(), form.body().substring(0, 40))) {
            await().atMost(PATIENCE)
                    .until(() -> node.caller().post("/api/v1/runs", form).status() == 503);

            assertThat(node.caller().post("/api/v1/runs", JSON).status()).isEqualTo(201);
            assertThat(node.caller().get("/api/v1/runs").status()).isEqualTo(200);
            slow.shutdownOutput();
        }
        await().atMost(PATIENCE)
                .until(() -> node.caller().post("/api/v1/runs", form).status() == 201);
    }

    @Test
    void letLivenessAndReadinessThroughAndTellPeopleOnAPage() throws SQLException {
        try (Connection connection = DriverManager.getConnection(database);
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("LOCK TABLE run IN ACCESS EXCLUSIVE MODE");
            CompletableFuture<Answer> waiting =
                    CompletableFuture.supplyAsync(() -> node.caller().get("/api/v1/runs"));
            awaitBlocked(connection);

            assertRefused(node.caller().get("/api/v1/runs"));
            Answer page = node.caller().get("/", "Accept", "text/html");
            assertThat(page.status()).isEqualTo(503);
            assertThat(page.header("Retry-After")).isEqualTo("5");
            assertThat(page.header("Content-Type")).startsWith("text/html");
            assertThat(page.body()).contains("Too many concurrent requests", "Go to the runs", "/app");
            assertThat(node.caller().get("/actuator/health/liveness").status()).isEqualTo(200);
            assertThat(node.caller().get("/actuator/health/readiness").status()).isEqualTo(200);

            connection.rollback();
            assertThat(waiting.join().status()).isEqualTo(200);
        }
        assertThat(node.caller().get("/", "Accept", "text/html").status()).isEqualTo(200);
    }

    private static void awaitBlocked(Connection connection) {
        await().atMost(PATIENCE)
                .until(() ->
                        node.caller().get("/actuator/health", "X-Probe", "1").status() == 503 || isBlocked(connection));
    }

    private static boolean isBlocked(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
                        + " AND datname = current_database() AND query LIKE '%run%'")) {
            rows.next();
            return rows.getInt(1) > 0;
        }
    }
}
