package dev.bes.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bes.orchestrator.run.State;
import dev.bes.orchestrator.run.query.RunView;
import dev.bes.sandbox.Sandbox;
import dev.bes.sandbox.SandboxOptions;
import dev.bes.sandbox.analytics.Result;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node polls by what others have learned of an endpoint. */
@Tag("slow")
class AdaptivePollingTests {
    private static final String SERVICE = "SimpleFeatureHashingExperiment";
    private static final Duration JOB = Duration.ofSeconds(3);

    @TempDir
    Path folder;

    @Test
    void learnsFromAJobOfANodeThatIsGone() {
        new JobFolder(folder)
                .definition("hash", "feature-hashing", "")
                .write("definitions/data/hash/1.csv", "text\nday\n");
        String database = TestEnvironment.newDatabase();
        try (Sandbox sandbox = Sandbox.start(SandboxOptions.defaults().withServiceTime(JOB, JOB))) {
            score(sandbox, database);
            long untaught = polls(sandbox);
            score(sandbox, database);
            long taught = polls(sandbox) - untaught;

            // a slow machine polls less often whatever is known
            assertThat(taught)
                    .as("polls of a job like one that took %d polls, on another node", untaught)
                    .isBetween(1L, untaught * 2 / 3);
        }
    }

    private void score(Sandbox sandbox, String database) {
        try (OrchestratorNode node = OrchestratorNode.start(folder, database, settings(sandbox))) {
            RunView run = node.score("hash", Map.of());
            assertThat(run.state()).isEqualTo(State.FINISHED);
        }
    }

    private static long polls(Sandbox sandbox) {
        return sandbox.callCounts()
                .sums(series -> "bes-status".equals(series.operationId()))
                .all()
                .calls(Result.SUCCESS);
    }

    private static Map<String, String> settings(Sandbox sandbox) {
        String endpoint = "orchestrator.endpoints.feature-hashing.";
        return Map.of(
                "orchestrator.blobs.connection-string",
                sandbox.blobConnectionString(),
                endpoint + "url",
                sandbox.managedUrl() + sandbox.service(SERVICE).path(),
                endpoint + "subscription-key",
                sandbox.subscription("unlimited").primaryKey());
    }
}
