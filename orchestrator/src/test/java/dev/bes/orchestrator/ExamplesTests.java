package dev.bes.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.azure.core.util.BinaryData;
import com.azure.storage.blob.BlobClient;
import com.azure.storage.blob.BlobContainerClient;
import com.azure.storage.blob.BlobServiceClientBuilder;
import com.azure.storage.blob.models.BlobItem;
import com.azure.storage.blob.models.ListBlobsOptions;
import dev.bes.api.backfill.BackfillsJson.BackfillDetailJson;
import dev.bes.api.backfill.BackfillsJson.BackfillJson;
import dev.bes.api.backfill.BackfillsJson.BackfillTimeJson;
import dev.bes.api.backfill.NewBackfillJson;
import dev.bes.api.backfill.PartitionsJson.PartitionJson;
import dev.bes.api.client.OrchestratorApi;
import dev.bes.api.client.OrchestratorClient;
import dev.bes.api.installation.FilesJson.FileJson;
import dev.bes.api.run.NewRunJson;
import dev.bes.api.run.RunJson;
import dev.bes.api.run.ScoringJson.SharedJobJson;
import dev.bes.api.run.StateJson;
import dev.bes.sandbox.Sandbox;
import dev.bes.sandbox.SandboxOptions;
import dev.bes.sandbox.catalogue.WebService;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.util.FileSystemUtils;

/** The examples of definitions that are shipped, against the sandbox. */
@Tag("slow")
class ExamplesTests {
    private static final Path EXAMPLES = Path.of("..", "job-definitions", "examples");
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TempDir
    static Path folder;

    /** The models that the build has trained. */
    private static final Path MODELS = Path.of("..", "models", "target", "models");

    private static Sandbox models;
    private static OrchestratorNode node;
    private static BlobContainerClient lake;
    private static OrchestratorClient client;

    @BeforeAll
    static void start() throws IOException {
        FileSystemUtils.copyRecursively(EXAMPLES, folder.resolve("definitions"));
        String account = TestEnvironment.sandbox().blobConnectionString();
        lake = new BlobServiceClientBuilder()
                .connectionString(account)
                .buildClient()
                .createBlobContainer("lake-" + UUID.randomUUID());
        models = Sandbox.start(
                SandboxOptions.defaults().withBlobConnectionString(account).withModels(MODELS));
        WebService strikeDamage = models.service("strike-damage");
        Map<String, String> settings = new HashMap<>();
        settings.put("orchestrator.blobs.stores.lake.connection-string", account);
        settings.put("orchestrator.blobs.stores.lake.container", lake.getBlobContainerName());
        String endpoint = "orchestrator.endpoints.strike-damage.";
        settings.put(endpoint + "url", models.managedUrl() + strikeDamage.path());
        settings.put(endpoint + "service-key", strikeDamage.apiKey());
        settings.put(
                endpoint + "subscription-key", models.subscription("unlimited").primaryKey());
        settings.put("orchestrator.endpoints.damage-model.kind", "inference");
        settings.put(
                "orchestrator.endpoints.damage-model.url",
                TestEnvironment.sandbox().directUrl().toString());
        settings.put("orchestrator.endpoints.damage-model.inference.model", "DamagePrediction");
        OrchestratorNode.endpoint("damage-service", "DamagePrediction")
                .forEach((property, value) -> settings.put(property, String.valueOf(value)));
        OrchestratorNode.azureml("batch-endpoint", "SimpleFeatureHashingExperiment", "invoke", "orchestrator")
                .forEach((property, value) -> settings.put(property, String.valueOf(value)));
        OrchestratorNode.azureml("batch-endpoint-numbered", "SimpleFeatureHashingExperiment", "invoke", "orchestrator")
                .forEach((property, value) -> settings.put(property, String.valueOf(value)));
        settings.put("orchestrator.endpoints.batch-endpoint-numbered.azureml.deployment", "numbered-lines");
        node = OrchestratorNode.start(folder, TestEnvironment.newDatabase(), settings);
        client = new OrchestratorClient(node.url());
    }

    @AfterAll
    static void stop() {
        node.close();
        models.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"nightly", "business-days", "azureml", "shared-jobs", "inference"})
    void scoresTheFileOfASchedule(String definition) {
        long run = client.request(NewRunJson.of(definition), null).id();

        await().atMost(PATIENCE).until(() -> client.api().run(run).run().state(), state -> state == StateJson.FINISHED);
    }

    @Test
    void comparesTheOldServiceWithTheNewOne() {
        long run = client.request(NewRunJson.of("shadow"), null).id();

        await().atMost(PATIENCE)
                .until(
                        () -> client.api().shadows(run, null).shadows(),
                        shadows -> shadows.stream().anyMatch(shadow -> "same".equals(shadow.verdict())));
    }

    @Test
    void showsWhoseJobAFileShares() throws IOException, InterruptedException {
        long run = client.request(NewRunJson.of("shared-jobs"), null).id();
        await().atMost(PATIENCE).until(() -> client.api().run(run).run().state(), state -> state == StateJson.FINISHED);

        SharedJobJson shared = client.api().run(run).scorings().getFirst().sharedJob();
        assertThat(shared).isNotNull().extracting(SharedJobJson::files).isEqualTo(1);
        assertThat(page("/runs/" + run)).contains("has the job of run #" + shared.run());
        assertThat(page("/runs/" + shared.run())).contains("files of other runs: 1");
        assertThat(page("/definitions"))
                .contains("up to 500 files with 2,000,000 rows in all; the first one waits 2 s for others");
    }

    private static String page(String path) throws IOException, InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(
                            HttpRequest.newBuilder(URI.create(node.url() + path))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body();
        }
    }

    @Test
    void predictsDamageByTheTrainedModel() throws IOException {
        long run = client.request(NewRunJson.of("strike-damage"), null).id();
        await().atMost(PATIENCE).until(() -> client.api().run(run).run().state(), state -> state == StateJson.FINISHED);

        List<String> strikes = Files.readAllLines(EXAMPLES.resolve("data/strikes.csv"));
        List<String> scored = delivered(folder.resolve("delivered/strike-damage/" + run));
        assertThat(scored).hasSameSizeAs(strikes);
        assertThat(scored.getFirst()).endsWith(",Scored Labels,Scored Probabilities");
        assertThat(scored.stream().skip(1)).allMatch(row -> row.matches(".*,(none|damage),\\d\\.\\d+(E-\\d+)?"));
    }

    @Test
    void fillsInTheDaysThatAreMissing() {
        OrchestratorApi api = client.api();
        BackfillJson backfill = api.startBackfill(
                new NewBackfillJson("partitions", null, "2026-03-01", "2026-03-03", null, null, 3, null, null));

        BackfillDetailJson detail = await().atMost(PATIENCE)
                .until(
                        () -> api.backfill(backfill.id()),
                        one -> one.backfill().state().equals("ended"));

        assertThat(detail.times())
                .extracting(BackfillTimeJson::partition)
                .containsExactly("2026-03-01", "2026-03-02", "2026-03-03");
        assertThat(api.partitions("partitions", "2026-03-01", "2026-03-03").partitions())
                .extracting(PartitionJson::state)
                .containsOnly("done");
    }

    @Test
    void scoresThePartsOfADayInOneRun() throws IOException {
        String species = "Wildlife Species\n";
        JobFolder inbox = new JobFolder(folder.resolve("inbox/file-groups"));
        inbox.write("day-1129-part1.csv", species + "Gull\n").write("day-1129-part2.csv", species + "Sparrow\n");
        inbox.write("day-1130-part1.csv", species + "Swallow\n").write("day-1129-part3.csv", species + "Killdeer\n");

        await().atMost(PATIENCE)
                .until(
                        () -> ended("file-groups"),
                        runs -> runs.size() == 1 && runs.getFirst().scoringCount() == 3);
        assertThat(client.api()
                        .files("file-groups", "grouped", null, null, null, null, null)
                        .files())
                .extracting(FileJson::name)
                .containsExactly("day-1130-part1.csv");
    }

    @Test
    void scoresEachVersionOfABlobOnce() {
        BlobClient blob = lake.getBlobClient("incoming/strikes-1129.csv");
        lake.getBlobClient("incoming/readme.txt").upload(BinaryData.fromString("none of ours"));
        blob.upload(BinaryData.fromString("Wildlife Species\nGull\n"));
        await().atMost(PATIENCE).until(() -> ended("blob-arrival"), runs -> runs.size() == 1);
        await().until(() -> states("strikes-1129.csv"), List.of("scored")::equals);
        blob.upload(BinaryData.fromString("Wildlife Species\nGull\nSparrow\n"), true);
        await().atMost(PATIENCE).until(() -> ended("blob-arrival"), runs -> runs.size() == 2);
        await().until(() -> states("strikes-1129.csv"), List.of("scored", "scored")::equals);

        assertThat(blob.exists()).isTrue();
        assertThat(lake.listBlobs(new ListBlobsOptions().setPrefix("scored/blob-arrival/"), null))
                .extracting(BlobItem::getName)
                .hasSize(2)
                .allMatch(name -> name.endsWith("-1-strikes-1129.output1.csv"));
        assertThat(states("readme.txt")).containsExactly("ignored");
    }

    /** The lines of the one file of a folder. */
    private static List<String> delivered(Path run) throws IOException {
        try (Stream<Path> files = Files.list(run)) {
            return Files.readAllLines(files.findFirst().orElseThrow());
        }
    }

    private static List<String> states(String name) {
        return client.api().files(null, null, name, null, null, null, null).files().stream()
                .map(FileJson::state)
                .toList();
    }

    private static List<RunJson> ended(String definition) {
        return client.api()
                .runs(StateJson.FINISHED.word(), definition, null, null)
                .runs();
    }
}
