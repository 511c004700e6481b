package dev.bes.orchestrator.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.bes.orchestrator.JobFolder;
import dev.bes.orchestrator.OrchestratorNode;
import dev.bes.orchestrator.TestEnvironment;
import dev.bes.orchestrator.database.RequestConnections;
import dev.bes.orchestrator.run.State;
import dev.bes.orchestrator.web.Caller.Answer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** More callers at once than there are connections to the database: they wait or come back, and the engine goes on. */
@ExtendWith(OutputCaptureExtension.class)
@Tag("slow")
class CrowdTests {
    private static final int CALLERS = 1_000;
    private static final String SAID = "More requests than there are connections for";

    @TempDir
    static Path folder;

    private static OrchestratorNode node;

    @BeforeAll
    static void start() {
        new JobFolder(folder)
                .definition("calm", "feature-hashing", "")
                .write("definitions/data/calm/a.csv", "text\na\n");
        node = OrchestratorNode.start(
                folder,
                TestEnvironment.newDatabase(),
                Map.of(
                        "spring.datasource.hikari.maximum-pool-size", "6",
                        "spring.datasource.hikari.connection-timeout", "500",
                        "orchestrator.database.request-connections", "2"));
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    @Test
    void getRetryAfterWhileTheEngineGoesOn(CapturedOutput output) throws SQLException {
        List<Connection> share = takeTheShareOfRequests();
        try {
            for (String path : List.of("/", "/api/v1/runs", "/definitions")) {
                Answer answer = new Caller(node.url()).get(path);
                assertThat(answer.status()).as(path + answer.body()).isEqualTo(503);
                assertThat(answer.header("Retry-After")).isEqualTo("5");
                assertThat(answer.body()).contains("All connections to the database are in use");
            }
            assertThat(new Caller(node.url()).get("/actuator/health/readiness").status())
                    .isEqualTo(200);
        } finally {
            for (Connection each : share) {
                each.close();
            }
        }
        assertThat(new Caller(node.url()).get("/api/v1/runs").status()).isEqualTo(200);
        assertThat(node.score("calm", Map.of()).state()).isEqualTo(State.FINISHED);
        assertThat(output.getAll().lines().filter(line -> line.contains(SAID))).hasSizeLessThanOrEqualTo(1);
        assertThat(output).doesNotContain("The sweeps wait", "GET /");
    }

    @Test
    void leavesConnectionsToTheEngineUnderAThousandCallers(CapturedOutput output) throws Exception {
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            Caller caller = new Caller(node.url());
            List<Future<Integer>> answers = IntStream.range(0, CALLERS)
                    .mapToObj(i -> callers.submit(
                            () -> caller.get("/", "Accept", "text/html").status()))
                    .toList();

            assertThat(node.score("calm", Map.of()).state()).isEqualTo(State.FINISHED);
            for (Future<Integer> answer : answers) {
                assertThat(answer.get()).isIn(200, 503);
            }
        }
        await().atMost(Duration.ofSeconds(30))
                .until(() -> new Caller(node.url()).get("/").status() == 200);
        assertThat(output.getAll().lines().filter(line -> line.contains("WARN") || line.contains("ERROR")))
                .hasSizeLessThanOrEqualTo(2);
        assertThat(output).doesNotContain("The sweeps wait", "\tat ");
    }

    private static List<Connection> takeTheShareOfRequests() throws SQLException {
        RequestConnections requests = node.part(RequestConnections.class);
        List<Connection> share = new ArrayList<>();
        requests.enter();
        try {
            for (int i = 0; i < 2; i++) {
                share.add(node.part(DataSource.class).getConnection());
            }
        } finally {
            requests.leave();
        }
        return share;
    }
}
