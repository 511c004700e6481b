package dev.bes.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bes.orchestrator.run.State;
import dev.bes.sandbox.Sandbox;
import dev.bes.sandbox.SandboxOptions;
import dev.bes.sandbox.analytics.Figures;
import dev.bes.sandbox.analytics.Result;
import dev.bes.sandbox.managedapi.read.Documents;
import dev.bes.sandbox.managedapi.read.ManagedApiReader;
import dev.bes.sandbox.management.Subscription;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs behind a managed API that takes so many calls and no more: slow, and never refused. */
@Tag("slow")
class CallBudgetTests {
    private static final String SERVICE = "SimpleFeatureHashingExperiment";

    @TempDir
    Path folder;

    private JobFolder jobs;

    @BeforeEach
    void makeFolder() {
        jobs = new JobFolder(folder).definition("hash", "feature-hashing", "");
    }

    @Test
    void finishesBehindProductStarterOnTwoNodes() {
        files(8);
        // a minute is 600 ms: product Starter allows 5 calls in that time, and 100 in what is left of a week
        SandboxOptions options = SandboxOptions.defaults()
                .withPeriodScale(0.01)
                .withServiceTime(Duration.ofMillis(300), Duration.ofMillis(400));
        try (Sandbox sandbox = Sandbox.start(options)) {
            Map<String, String> settings = settings(sandbox, "starter", "5/600ms", "100/6048s");
            String database = TestEnvironment.newDatabase();
            try (OrchestratorNode node = OrchestratorNode.start(folder, database, settings);
                    OrchestratorNode other = OrchestratorNode.start(folder, database, settings)) {
                assertThat(node.score("hash", Map.of()).state()).isEqualTo(State.FINISHED);
                assertThat(other.url()).isNotEqualTo(node.url());
            }
            assertThat(calls(sandbox).calls(Result.BLOCKED)).isZero();
            assertThat(started(sandbox)).isEqualTo(8);
        }
    }

    @Test
    void usesSeveralQuotasToTheFullOnThreeNodes() {
        int files = 120;
        files(files);
        // a second is 500 ms
        String policies = """
                <policies>
                    <inbound>
                        <rate-limit calls="20" renewal-period="1" />
                        <quota calls="100" renewal-period="10" />
                    </inbound>
                </policies>
                """;
        SandboxOptions options = SandboxOptions.defaults()
                .withPeriodScale(0.5)
                .withManagedApi(
                        ManagedApiReader.read(Documents.bundled().with("policies/products/starter.xml", policies)))
                .withSubscriptions(List.of(Subscription.toProduct(
                        "daily", "starter", "0".repeat(32), "1".repeat(32), Subscription.State.ACTIVE)));
        try (Sandbox sandbox = Sandbox.start(options)) {
            Map<String, String> settings = settings(sandbox, "daily", "20/500ms", "100/5s");
            String database = TestEnvironment.newDatabase();
            try (OrchestratorNode node = OrchestratorNode.start(folder, database, settings);
                    OrchestratorNode second = OrchestratorNode.start(folder, database, settings);
                    OrchestratorNode third = OrchestratorNode.start(folder, database, settings)) {
                assertThat(second.url()).isNotEqualTo(third.url());
                assertThat(node.score("hash", Map.of()).state()).isEqualTo(State.FINISHED);
            }
            assertThat(calls(sandbox).calls(Result.BLOCKED)).isZero();
            assertThat(calls(sandbox).calls()).as("several quotas").isGreaterThan(300);
            assertThat(started(sandbox)).isEqualTo(files);
        }
    }

    private void files(int count) {
        for (int i = 0; i < count; i++) {
            jobs.write("definitions/data/hash/%d.csv".formatted(i), "text\nday %d\n".formatted(i));
        }
    }

    private static Figures calls(Sandbox sandbox) {
        return sandbox.callCounts().sums().all();
    }

    private static long started(Sandbox sandbox) {
        return sandbox.callCounts()
                .sums(series -> "bes-start".equals(series.operationId()))
                .all()
                .calls(Result.SUCCESS);
    }

    private static Map<String, String> settings(Sandbox sandbox, String subscription, String rateLimit, String quota) {
        String endpoint = "orchestrator.endpoints.feature-hashing.";
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("orchestrator.blobs.connection-string", sandbox.blobConnectionString());
        settings.put(
                endpoint + "url",
                sandbox.managedUrl() + sandbox.service(SERVICE).path());
        settings.put(
                endpoint + "subscription-key",
                sandbox.subscription(subscription).primaryKey());
        settings.put(endpoint + "rate-limit", rateLimit);
        settings.put(endpoint + "quota", quota);
        return settings;
    }
}
