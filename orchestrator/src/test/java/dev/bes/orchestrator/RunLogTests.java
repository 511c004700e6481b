package dev.bes.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** Debug logs for one run of a node at work. */
@Tag("slow")
@ExtendWith(OutputCaptureExtension.class)
class RunLogTests {
    @TempDir
    Path folder;

    @Test
    void tellsMoreOfTheRunThatWasChosenWhileTheNodeRuns(CapturedOutput output)
            throws IOException, InterruptedException {
        new JobFolder(folder)
                .definition("letters", "feature-hashing", "")
                .write("definitions/data/letters/a.csv", "text\ngood day\n");
        try (OrchestratorNode node = OrchestratorNode.start(
                folder,
                TestEnvironment.newDatabase(),
                Map.of("management.endpoints.web.exposure.include", "health,loggers"))) {
            long first = node.score("letters", Map.of()).id();
            long chosen = first + 1;

            assertThat(level(node, "run." + chosen, "\"DEBUG\"")).isEqualTo(204);

            assertThat(node.score("letters", Map.of()).id()).isEqualTo(chosen);
            assertThat(output.getOut())
                    .contains(
                            "Scoring 1 of run " + chosen + ", attempt 1, at PLANNED: moves to STAGED",
                            "Scoring 1 of run " + chosen + ", attempt 1, at SUBMITTED: moves to STARTED",
                            "Scoring 1 of run " + chosen + ", attempt 1, at SCORED: moves to DELIVERED")
                    .doesNotContain("Scoring 1 of run " + first);
            assertThat(level(node, "run." + chosen, "null")).isEqualTo(204);
        }
    }

    private static int level(OrchestratorNode node, String logger, String level)
            throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            URI address = node.url().resolve("/actuator/loggers/" + logger);
            return client.send(
                            HttpRequest.newBuilder(address)
                                    .header("Content-Type", "application/json")
                                    .POST(HttpRequest.BodyPublishers.ofString("{\"configuredLevel\": " + level + "}"))
                                    .build(),
                            HttpResponse.BodyHandlers.discarding())
                    .statusCode();
        }
    }
}
