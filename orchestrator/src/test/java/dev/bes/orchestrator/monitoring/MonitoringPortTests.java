package dev.bes.orchestrator.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bes.orchestrator.TestEnvironment;
import dev.bes.orchestrator.web.Caller;
import dev.bes.orchestrator.web.RawCaller;
import dev.bes.orchestrator.web.WebNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The port of monitoring: who may ask what there, in the mode in which everything else needs a login. */
@Tag("slow")
class MonitoringPortTests {
    @TempDir
    static Path folder;

    private static WebNode node;
    private static Caller monitoring;

    @BeforeAll
    static void start() {
        node = WebNode.start(
                folder,
                TestEnvironment.newDatabase(),
                Map.of("management.server.port", "0", "orchestrator.security.mode", "login"));
        monitoring = node.monitoring();
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/actuator/prometheus",
                "/actuator/health",
                "/actuator/health/readiness",
                "/actuator/health/liveness",
                "/actuator/health/remote",
                "/actuator/health/backlog",
                "/actuator/health/schedules"
            })
    void readsHealthAndMetricsWithoutALogin(String path) {
        assertThat(monitoring.get(path).status()).isEqualTo(200);
        assertThat(monitoring.get(path).header("X-Content-Type-Options")).isEqualTo("nosniff");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/actuator",
                "/actuator/env",
                "/actuator/loggers",
                "/actuator/metrics",
                "/actuator/heapdump",
                "/actuator/shutdown",
                "/api/v1/runs",
                "/app.css",
                "/livez",
                "/actuator/prometheus/../env"
            })
    void answersNothingElse(String path) {
        String answer = RawCaller.say(monitoring.url(), RawCaller.request("GET", path, "localhost"));

        assertThat(answer).matches("(?s)HTTP/1.1 (403|404|400) .*").doesNotContain("Exception", "Tomcat/");
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "DELETE", "OPTIONS"})
    void isOnlyRead(String method) {
        assertThat(RawCaller.say(
                        monitoring.url(),
                        RawCaller.request(method, "/actuator/prometheus", "localhost", "Content-Length: 0")))
                .matches("(?s)HTTP/1.1 40[35] .*");
    }

    @ParameterizedTest
    @ValueSource(strings = {"evil.example", "169.254.169.254", "localhost.evil.example"})
    void refusesForeignHosts(String host) {
        assertThat(RawCaller.say(monitoring.url(), RawCaller.request("GET", "/actuator/prometheus", host)))
                .startsWith("HTTP/1.1 421");
    }

    @Test
    void showsNoMetricsAtThePortOfUsers() {
        assertThat(node.caller().get("/actuator/prometheus").status()).isIn(401, 403, 404);
        assertThat(node.caller().get("/actuator/health").status()).isIn(401, 403, 404);
    }

    @Test
    void leavesLivenessAndReadinessAtThePortOfUsers() {
        assertThat(node.caller().get("/livez").status()).isEqualTo(200);
        assertThat(node.caller().get("/readyz").status()).isEqualTo(200);
        assertThat(node.caller().get("/readyz").body()).contains("\"UP\"");
    }

    @Test
    void showsHealthAndNoMetricsWhereItHasNoPortOfItsOwn(@TempDir Path other) {
        try (WebNode alone =
                WebNode.start(other, TestEnvironment.newDatabase(), Map.of("orchestrator.security.mode", "login"))) {
            assertThat(alone.caller().get("/actuator/health").status()).isEqualTo(200);
            assertThat(alone.caller().get("/readyz").status()).isEqualTo(200);
            assertThat(alone.caller().get("/actuator/prometheus").status()).isIn(401, 403);
            assertThat(alone.caller().get("/actuator").status()).isIn(401, 403);
        }
    }

    /** The address that it listens at, as the kernel says it: 0100007F is 127.0.0.1. */
    @Test
    void listensOnLoopbackOnly() {
        String port = "%04X".formatted(URI.create(monitoring.url()).getPort());

        assertThat(Stream.of("/proc/net/tcp", "/proc/net/tcp6")
                        .flatMap(MonitoringPortTests::lines)
                        .map(line -> line.strip().split("\\s+"))
                        .filter(columns ->
                                columns.length > 3 && columns[1].endsWith(":" + port) && columns[3].equals("0A"))
                        .map(columns -> columns[1].replaceAll(":.*", "")))
                .isNotEmpty()
                .allMatch(address -> address.equals("0100007F") || address.equals("0000000000000000FFFF00000100007F"));
    }

    private static Stream<String> lines(String file) {
        try {
            return Files.readAllLines(Path.of(file)).stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
