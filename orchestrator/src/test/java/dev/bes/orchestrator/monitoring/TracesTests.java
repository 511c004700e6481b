package dev.bes.orchestrator.monitoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.bes.api.run.StateJson;
import dev.bes.orchestrator.TestEnvironment;
import dev.bes.orchestrator.monitoring.TraceReceiver.Span;
import dev.bes.orchestrator.web.WebNode;
import io.micrometer.tracing.Tracer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The trace of a run, as a collector receives it; and that there is none without an address. */
@Tag("slow")
@ExtendWith(OutputCaptureExtension.class)
class TracesTests {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    Path folder;

    private static Map<String, String> tracing(TraceReceiver receiver) {
        return Map.of(
                "management.opentelemetry.tracing.export.otlp.endpoint",
                receiver.address(),
                "management.opentelemetry.tracing.export.schedule-delay",
                "100ms");
    }

    private static String traceparent(WebNode node, long run) {
        return node.part(JdbcClient.class)
                .sql("SELECT coalesce(traceparent, 'none') FROM run WHERE id = :run")
                .param("run", run)
                .query(String.class)
                .single();
    }

    @Test
    void followRunsOverTriggersNodesThreadsAndRemoteCalls() throws IOException {
        try (TraceReceiver receiver = new TraceReceiver()) {
            String database = TestEnvironment.newDatabase();
            long run;
            long hanging;
            try (WebNode node = WebNode.start(folder, database, tracing(receiver))) {
                run = node.run("greetings");
                node.await(run, StateJson.FINISHED);
                hanging = node.run("hanging");
                node.await(hanging, StateJson.RUNNING);
                followsOneRun(receiver, traceparent(node, run).substring(3, 35), run);
            }
            int before = ofTrace(receiver, hanging).size();
            try (WebNode heir = WebNode.start(folder, database, tracing(receiver))) {
                String trace = traceparent(heir, hanging).substring(3, 35);
                await().atMost(PATIENCE)
                        .untilAsserted(
                                () -> assertThat(ofTrace(receiver, hanging)).hasSizeGreaterThan(before + 1));
                assertThat(ofTrace(receiver, hanging)).extracting(Span::trace).containsOnly(trace);
            }
        }
    }

    private static List<Span> ofTrace(TraceReceiver receiver, long run) {
        return receiver.spans().stream()
                .filter(span -> String.valueOf(run).equals(span.attributes().get("orchestrator.run")))
                .toList();
    }

    private static void followsOneRun(TraceReceiver receiver, String trace, long run) {
        await().atMost(PATIENCE).untilAsserted(() -> {
            List<Span> spans = receiver.spans().stream()
                    .filter(span -> span.trace().equals(trace))
                    .toList();
            List<String> names = new ArrayList<>(spans.stream().map(Span::name).toList());
            assertThat(names)
                    .contains(
                            "http post /api/v1/runs",
                            "accept run",
                            "work on scoring that is planned",
                            "work on scoring that is staged",
                            "work on scoring that is submitted",
                            "work on scoring that is started",
                            "work on scoring that is scored")
                    .anyMatch(name -> name.startsWith("feature-hashing "));
            Span accepted = spans.stream()
                    .filter(span -> span.name().equals("accept run"))
                    .findFirst()
                    .orElseThrow();
            assertThat(spans)
                    .filteredOn(span -> span.name().startsWith("work on"))
                    .allSatisfy(span -> {
                        assertThat(span.parent()).isEqualTo(accepted.id());
                        assertThat(span.attributes())
                                .containsEntry("orchestrator.run", String.valueOf(run))
                                .containsEntry("orchestrator.scoring", "1");
                    });
            assertThat(spans)
                    .filteredOn(span -> span.name().startsWith("feature-hashing "))
                    .allSatisfy(call -> assertThat(spans)
                            .filteredOn(span -> span.name().startsWith("work on"))
                            .extracting(Span::id)
                            .contains(call.parent()));
        });
        assertThat(receiver.spans())
                .noneMatch(span -> span.attributes().keySet().stream().anyMatch(key -> key.startsWith("spring.batch")));
    }

    @Test
    void areNotMadeWithoutAnAddress() {
        try (WebNode node = WebNode.start(folder)) {
            long run = node.run("greetings");
            node.await(run, StateJson.FINISHED);

            assertThat(node.has(Tracer.class)).isFalse();
            assertThat(traceparent(node, run)).isEqualTo("none");
        }
    }

    @Test
    void areNamedInLogsAsJson(CapturedOutput output) throws IOException {
        try (TraceReceiver receiver = new TraceReceiver()) {
            Map<String, String> settings = new HashMap<>(tracing(receiver));
            settings.put("logging.config", "classpath:logback-spring.xml");
            settings.put("logging.structured.format.console", "ecs");
            settings.put("logging.level.dev.bes.orchestrator.pipeline", "debug");
            try (WebNode node = WebNode.start(folder, TestEnvironment.newDatabase(), settings)) {
                long run = node.run("greetings");
                node.await(run, StateJson.FINISHED);
                String trace = traceparent(node, run).substring(3, 35);

                assertThat(output.getOut().lines().filter(line -> line.contains("at SCORED")))
                        .isNotEmpty()
                        .allSatisfy(line -> assertThat(line)
                                .startsWith("{")
                                .contains("\"run\":\"" + run + "\"", "\"scoring\":\"1\"", trace));
            }
        } finally {
            // Spring Boot hands it to Logback as a property of the process, and leaves it there
            System.clearProperty("CONSOLE_LOG_STRUCTURED_FORMAT");
        }
    }
}
