package dev.bes.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.bes.orchestrator.run.State;
import dev.bes.orchestrator.run.query.RunReader;
import dev.bes.orchestrator.run.query.RunView;
import dev.bes.orchestrator.run.query.ScoringView;
import dev.bes.sandbox.Sandbox;
import dev.bes.sandbox.SandboxOptions;
import dev.bes.sandbox.blob.Azurite;
import dev.bes.sandbox.blob.AzuriteFolder;
import dev.bes.sandbox.journal.JournalEntry.Event;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Somebody changes the key of the storage account while jobs are under way: none of them is lost, and none is paid twice. */
@Tag("slow")
class ChangedAccountKeyTests {
    private static final String OTHER_KEY = "b3RoZXIga2V5IG9mIHRoZSBhY2NvdW50LCBhbmQgbG9uZyBlbm91Z2ggZm9yIG9uZQ==";
    private static final int FILES = 6;

    @TempDir
    Path folder;

    private static ConditionFactory patiently() {
        return await().atMost(Duration.ofSeconds(90)).pollInterval(Duration.ofMillis(100));
    }

    @ParameterizedTest
    @ValueSource(strings = {"sas", "connection-string"})
    void stagesAndSubmitsAnewWhatNoJobCouldRead(String form) throws Exception {
        JobFolder jobs = new JobFolder(folder).definition("night", "feature-hashing", "attempts: { max: 1 }\n");
        for (int i = 0; i < FILES; i++) {
            jobs.write("definitions/data/night/" + i + ".csv", "text\nfile " + i + "\n");
        }
        String database = TestEnvironment.newDatabase();
        Path azuriteFolder = AzuriteFolder.find(null);
        Path data = folder.resolve("blobs");
        Azurite before = Azurite.start(azuriteFolder, data, 0);
        String dead = before.connectionString();
        int port =
                URI.create(dead.replaceAll(".*BlobEndpoint=([^;]+);.*", "$1")).getPort();
        try (Sandbox sandbox = Sandbox.start(SandboxOptions.defaults()
                .withBlobConnectionString(dead)
                .withServiceTime(Duration.ofSeconds(5), Duration.ofSeconds(5)))) {
            long run;
            try (OrchestratorNode node = node(sandbox, database, dead, form)) {
                run = node.request("night", Map.of());
                patiently().until(() -> count(sandbox, Event.START) == FILES);
                before.close();
                try (Azurite _ = Azurite.start(azuriteFolder, data, port, OTHER_KEY)) {
                    sandbox.serviceTime(Duration.ofMillis(50), Duration.ofMillis(100));
                    patiently()
                            .until(() -> scorings(node, run).stream()
                                    .allMatch(s -> String.valueOf(s.cause())
                                            .startsWith("Staging is retried later: Blob store")));
                    assertThat(scorings(node, run))
                            .allSatisfy(s -> assertThat(s.cause()).contains("orchestrator.blobs.connection-string"));
                    String health = health(node);
                    assertThat(health)
                            .contains("\"DOWN\"", "\"store\"", "it refuses our key")
                            .doesNotContain("AccountKey");
                }
            }
            try (Azurite after = Azurite.start(azuriteFolder, data, port, OTHER_KEY);
                    OrchestratorNode node = node(sandbox, database, after.connectionString(), form)) {
                RunView ended = node.ended(run);
                assertThat(ended.state()).as(String.valueOf(ended.cause())).isEqualTo(State.FINISHED);
                assertThat(scorings(node, run)).allSatisfy(s -> {
                    assertThat(s.attempts()).hasSize(2);
                    assertThat(s.attempts().getFirst().cause()).contains("this attempt does not count");
                });
                assertThat(count(sandbox, Event.START)).isEqualTo(2 * FILES);
                assertThat(count(sandbox, Event.OUTPUT)).as("scored").isEqualTo(FILES);
                assertThat(health(node)).doesNotContain("DOWN");
            }
        }
    }

    private OrchestratorNode node(Sandbox sandbox, String database, String blobs, String form) {
        Map<String, String> properties = new LinkedHashMap<>();
        String prefix = "orchestrator.endpoints.feature-hashing.";
        var service = sandbox.service("SimpleFeatureHashingExperiment");
        properties.put(prefix + "url", sandbox.managedUrl() + service.path());
        properties.put(prefix + "service-key", service.apiKey());
        properties.put(
                prefix + "subscription-key", sandbox.subscription("unlimited").primaryKey());
        properties.put(prefix + "blob-reference", form);
        properties.put("orchestrator.blobs.connection-string", blobs);
        properties.put("orchestrator.pipeline.poll-max", "500ms");
        return OrchestratorNode.start(folder, database, properties);
    }

    private static List<ScoringView> scorings(OrchestratorNode node, long run) {
        return node.part(RunReader.class).scorings(run, 0, FILES);
    }

    private static long count(Sandbox sandbox, Event event) throws Exception {
        return sandbox.journal().entries().stream()
                .filter(e -> e.event() == event)
                .count();
    }

    private static String health(OrchestratorNode node) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest request = HttpRequest.newBuilder(node.url().resolve("/actuator/health/remote"))
                    .build();
            return client.send(request, BodyHandlers.ofString()).body();
        }
    }
}
